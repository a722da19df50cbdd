package plimsoll.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A terminal, by way of stty(1), which every Linux has. */
final class Terminal implements AutoCloseable {
  private final Path device;
  private final @Nullable String before;
  private final Thread whenKilled = new Thread(this::restore, "restore terminal");

  private Terminal(Path device, @Nullable String before) {
    this.device = device;
    this.before = before;
  }

  /**
   * A terminal's size.
   *
   * @param rows 0 where it is not known
   * @param columns 0 where it is not known
   */
  record Size(int rows, int columns) {}

  /** Lets every key through as it is, until {@link #close()} or the end of this program. */
  static Terminal raw(Path device) {
    String before = stty(device, "-g");
    Terminal terminal = new Terminal(device, before == null ? null : before.strip());
    if (before != null) {
      Runtime.getRuntime().addShutdownHook(terminal.whenKilled);
      stty(device, "raw", "-echo");
    }
    return terminal;
  }

  static Size size(Path device) {
    String size = stty(device, "size");
    String[] halves = size == null ? new String[0] : size.strip().split(" ");
    return halves.length == 2 && size != null && size.strip().matches("[0-9]+ [0-9]+")
        ? new Size(Integer.parseInt(halves[0]), Integer.parseInt(halves[1]))
        : new Size(0, 0);
  }

  private void restore() {
    if (before != null) {
      stty(device, before);
    }
  }

  @Override
  public void close() {
    restore();
    if (before != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(whenKilled);
      } catch (IllegalStateException e) {
        // The program is ending: restored it is all the same.
      }
    }
  }

  private static @Nullable String stty(Path device, String... arguments) {
    List<String> command = new ArrayList<>(List.of("stty", "-F", device.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return process.waitFor() == 0 ? said : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
