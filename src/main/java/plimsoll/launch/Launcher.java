package plimsoll.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;

/** Starts one container and stands in front of it until it ends, or is left. */
public final class Launcher {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final EngineClient client;
  private final Images images;
  private final Console console;
  private final PrintStream err;

  /** For an engine and somebody in front of it. */
  public Launcher(EngineClient client, Images images, Console console, PrintStream err) {
    this.client = client;
    this.images = images;
    this.console = console;
    this.err = err;
  }

  /** Looks at a container that has just been started. */
  public interface Witness {
    /**
     * Looks at it.
     *
     * @param id the container's id
     * @return why it must not go on; null where it may
     */
    @Nullable String look(String id);
  }

  /**
   * A container that was run.
   *
   * @param code the program's exit code; 0 where it was left running
   * @param left whether it was left running
   * @param printed the last that it printed, as far as it was attached
   */
  public record Ended(String id, int code, boolean left, String printed) {}

  /**
   * Runs it.
   *
   * @param warned what the engine said when it made it
   * @throws LaunchException if it did not start, or must not go on
   * @throws EngineException if the engine did not answer
   */
  public Ended run(Plan plan, Witness witness, java.util.function.Consumer<String> warned)
      throws LaunchException, EngineException {
    if (plan.streams().contains("stdin") && plan.manner().tty() && console.terminal() == null) {
      throw new LaunchException("the input device is not a TTY", 1);
    }
    DetachKeys keys = keys(plan);
    claim(plan.manner().idFile());
    String id = create(plan, warned);
    write(plan.manner().idFile(), id);
    return plan.manner().detach() ? detached(plan, id, witness) : attached(plan, id, keys, witness);
  }

  private static DetachKeys keys(Plan plan) throws LaunchException {
    try {
      return DetachKeys.of(plan.manner().detachKeys());
    } catch (IllegalArgumentException e) {
      throw new LaunchException(String.valueOf(e.getMessage()), 125);
    }
  }

  private String create(Plan plan, java.util.function.Consumer<String> warned)
      throws LaunchException, EngineException {
    ObjectNode body = plan.body();
    if (body.path("HostConfig") instanceof ObjectNode hostConfig
        && !hostConfig.has("ConsoleSize")) {
      Path terminal = console.terminal();
      Terminal.Size size =
          terminal != null && console.outTerminal()
              ? Terminal.size(terminal)
              : new Terminal.Size(0, 0);
      hostConfig.putArray("ConsoleSize").add(size.rows()).add(size.columns());
    }
    String path =
        "/containers/create?"
            + (plan.name() == null ? "" : "name=" + Images.encoded(plan.name()) + "&")
            + (plan.platform() == null ? "" : "platform=" + Images.encoded(plan.platform()));
    JsonNode made;
    try {
      made = client.post(path, body);
    } catch (EngineException e) {
      if (!e.notFound() || !e.said().toLowerCase(Locale.ROOT).startsWith("no such image")) {
        throw e;
      }
      JsonNode image =
          images.find(plan.image(), plan.pull(), plan.platform(), plan.manner().quiet());
      if (image == null) {
        throw e;
      }
      made = client.post(path, body);
    }
    for (JsonNode warning : made.path("Warnings")) {
      err.println("WARNING: " + Images.visible(warning.asText()));
      warned.accept(warning.asText());
    }
    return made.path("Id").asText();
  }

  private Ended detached(Plan plan, String id, Witness witness)
      throws LaunchException, EngineException {
    try {
      client.post("/containers/" + id + "/start", null);
    } catch (EngineException e) {
      throw notStarted(e);
    }
    judge(plan, id, witness.look(id));
    print(id + "\n");
    return new Ended(id, 0, true, "");
  }

  /** Attach and wait come before start, so that nothing is lost. */
  private Ended attached(Plan plan, String id, DetachKeys keys, Witness witness)
      throws LaunchException, EngineException {
    boolean raw = plan.manner().tty() && plan.streams().contains("stdin");
    Path terminal = raw ? console.terminal() : null;
    StringBuilder path = new StringBuilder("/containers/" + id + "/attach?stream=1");
    plan.streams().forEach(stream -> path.append('&').append(stream).append("=1"));
    if (plan.manner().detachKeys() != null) {
      path.append("&detachKeys=").append(Images.encoded(plan.manner().detachKeys()));
    }
    try (Signals signals =
            plan.manner().signals() ? Signals.forward(name -> kill(id, name)) : Signals.none();
        Streams streams =
            new Streams(client.attach(path.toString()), console, plan.manner().tty())) {
      CompletableFuture<Integer> status = awaitEnd(plan, id);
      streams.start(plan.streams(), terminal == null ? null : keys);
      Terminal held = terminal == null ? null : Terminal.raw(terminal);
      try {
        start(plan, id, status);
        if (plan.manner().tty() && console.outTerminal() && console.terminal() != null) {
          Path sized = Objects.requireNonNull(console.terminal());
          resize(id, sized);
          signals.onResize(() -> resize(id, sized));
        }
        judge(plan, id, witness.look(id));
        boolean left = streams.await();
        String unread = streams.unread();
        if (unread != null) {
          // As docker does: whoever read it has gone, and so does this; the container stays.
          err.println("write " + unread + ": broken pipe");
          return new Ended(id, 1, true, "");
        }
        if (left) {
          return new Ended(id, 0, true, "");
        }
      } finally {
        if (held != null) {
          held.close();
        }
      }
      return new Ended(id, ended(status), false, streams.printed());
    } catch (IOException e) {
      throw new LaunchException("the connection to the container broke: " + e.getMessage(), 125);
    }
  }

  private void start(Plan plan, String id, CompletableFuture<Integer> status)
      throws LaunchException {
    try {
      client.post("/containers/" + id + "/start", null);
    } catch (EngineException e) {
      if (plan.manner().remove()) {
        try {
          // The engine removes it.
          status.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException failed) {
          // What matters is why it did not start.
        }
      }
      throw notStarted(e);
    }
  }

  /** Docker's exit codes for a program that could not be started. */
  private static LaunchException notStarted(EngineException e) {
    String said = e.said().isEmpty() ? String.valueOf(e.getMessage()) : e.said();
    boolean missing =
        said.contains("executable file not found") || said.contains("no such file or directory");
    boolean unusable = said.contains("permission denied") || said.contains("is a directory");
    return new LaunchException(said, missing ? 127 : unusable ? 126 : 125);
  }

  private void judge(Plan plan, String id, @Nullable String why) throws LaunchException {
    if (why == null) {
      return;
    }
    kill(id, "KILL");
    if (!plan.manner().remove()) {
      err.println("the container " + id.substring(0, 12) + " was killed, and is kept");
    }
    throw new LaunchException(why, 125);
  }

  private void kill(String id, String signal) {
    try {
      client.post("/containers/" + id + "/kill?signal=" + signal, null);
    } catch (EngineException e) {
      // It does not run, or not any more.
    }
  }

  private void resize(String id, Path terminal) {
    Terminal.Size size = Terminal.size(terminal);
    if (size.rows() > 0) {
      try {
        client.post(
            "/containers/" + id + "/resize?h=" + size.rows() + "&w=" + size.columns(), null);
      } catch (EngineException e) {
        // It has ended.
      }
    }
  }

  private CompletableFuture<Integer> awaitEnd(Plan plan, String id) throws EngineException {
    EngineClient.Answering answer =
        client.open(
            "/containers/"
                + id
                + "/wait?condition="
                + (plan.manner().remove() ? "removed" : "next-exit"),
            java.util.Map.of());
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try (answer) {
                JsonNode end = MAPPER.readTree(answer.body());
                String error = end.path("Error").path("Message").asText();
                if (!end.has("StatusCode")) {
                  throw new IOException("the engine did not say how it ended");
                }
                if (!error.isEmpty()) {
                  throw new IOException(error);
                }
                status.complete(end.path("StatusCode").asInt());
              } catch (IOException | RuntimeException e) {
                status.completeExceptionally(e);
              }
            },
            "wait for the container");
    waiting.setDaemon(true);
    waiting.start();
    return status;
  }

  private static int ended(CompletableFuture<Integer> status) throws LaunchException {
    try {
      return status.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new LaunchException("cannot wait for the container: " + cause.getMessage(), 125);
    }
  }

  private static void claim(@Nullable Path file) throws LaunchException {
    if (file == null) {
      return;
    }
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      throw new LaunchException(
          "container ID file found, make sure the other container isn't running or delete " + file,
          125);
    } catch (NoSuchFileException e) {
      // 127 is docker's exit code for whatever has these words in it.
      throw new LaunchException(
          "failed to create the container ID file: open " + file + ": no such file or directory",
          127);
    } catch (IOException e) {
      throw new LaunchException("failed to create the container ID file: " + e, 125);
    }
  }

  private static void write(@Nullable Path file, String id) throws LaunchException {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, id, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new LaunchException("failed to write the container ID to the file: " + e, 125);
    }
  }

  private void print(String text) {
    try {
      console.out().write(text.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
    } catch (IOException e) {
      // Nobody reads it.
    }
  }
}
