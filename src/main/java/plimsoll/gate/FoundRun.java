package plimsoll.gate;

import java.util.List;
import plimsoll.read.Dialect;
import plimsoll.shell.Arg;
import plimsoll.shell.Unknowns;

/**
 * A run of a container engine's client, with one value for each choice on the way.
 *
 * @param start the offset of the client's name, or of what stands for it
 * @param elsewhere whether the client is called in a file that this one takes in, with what is
 *     handed to it here
 * @param arguments what follows {@code run} or {@code create}
 * @param unknowns what the characters in them stand for that a file leaves open
 */
record FoundRun(
    SourceFile file,
    Dialect dialect,
    int start,
    boolean elsewhere,
    List<Arg> arguments,
    Unknowns unknowns) {}
