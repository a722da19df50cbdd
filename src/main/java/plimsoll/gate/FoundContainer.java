package plimsoll.gate;

import java.util.List;
import java.util.Map;
import plimsoll.model.Container;
import plimsoll.model.Volume;
import plimsoll.read.Written;

/**
 * A container that a file would start.
 *
 * @param volumes what the file says of volumes
 * @param file where it is started
 * @param line of the client's name or the service's key, counted from 1
 * @param column counted from 1
 * @param lastLine where its run or service ends
 * @param written elements of lists with their places, in the order of these
 * @param beside whether it is the same container as another one, without a flag of that which hides
 *     what is written beside it: only that counts
 * @param notes what to know about a place, by {@code LINE:COLUMN}, after the file where that is
 *     another one: that it is on a branch only
 */
public record FoundContainer(
    Container container,
    List<Volume> volumes,
    SourceFile file,
    int line,
    int column,
    int lastLine,
    List<Written> written,
    boolean beside,
    Map<String, String> notes) {
  /** Copies the collections. */
  public FoundContainer {
    volumes = List.copyOf(volumes);
    written = List.copyOf(written);
    notes = Map.copyOf(notes);
  }
}
