package plimsoll.gate;

import java.util.List;
import plimsoll.model.Build;
import plimsoll.model.View;

/**
 * An image that a file has built.
 *
 * @param name the file, and in a compose file the service
 * @param build what is asked for
 * @param file where that stands
 * @param line where it begins, counted from 1
 * @param column counted from 1
 * @param starts the lines on which its instructions begin, in order
 */
public record FoundBuild(
    String name, View<Build> build, SourceFile file, int line, int column, List<Integer> starts) {
  /** Copies the list. */
  public FoundBuild {
    starts = List.copyOf(starts);
  }

  /** The line on which the instruction begins that a line is part of. */
  public int start(int of) {
    return starts.stream().filter(start -> start <= of).reduce(of, (one, other) -> other);
  }
}
