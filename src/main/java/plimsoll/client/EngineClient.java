package plimsoll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Talks to an engine and reads its answers as JSON trees, so that a field nobody has mapped is
 * still seen.
 *
 * <p>Every call ends by its deadline. After a few that did not, further calls are not even tried:
 * an engine that hangs must not hang the audit once for each container.
 */
public final class EngineClient implements AutoCloseable {
  private static final int MAX_ANSWER = 64 << 20;
  private static final int PATIENCE = 3;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Endpoint endpoint;
  private final Duration deadline;
  private final Trouble trouble;
  private final DockerHttpClient http;
  private final AtomicInteger timeouts = new AtomicInteger();
  private final ExecutorService calls =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "engine call");
        thread.setDaemon(true);
        return thread;
      });

  /**
   * For an engine; nothing is asked yet.
   *
   * @param deadline how long one answer may take
   * @throws EngineException if its certificates cannot be read
   */
  public EngineClient(Endpoint endpoint, Duration deadline) throws EngineException {
    this.endpoint = endpoint;
    this.trouble = new Trouble(endpoint);
    this.deadline = deadline;
    this.http = transport(endpoint, deadline);
  }

  private static DockerHttpClient transport(Endpoint endpoint, Duration deadline)
      throws EngineException {
    Path socket = endpoint.socket();
    if (socket != null) {
      return new UnixSocketHttpClient(socket);
    }
    ApacheDockerHttpClient.Builder builder =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(URI.create(endpoint.address().replaceFirst("^https?:", "tcp:")))
            .connectionTimeout(deadline)
            .responseTimeout(deadline);
    Path certificates = endpoint.certificates();
    if (certificates != null) {
      for (String file : new String[] {"ca.pem", "cert.pem", "key.pem"}) {
        if (!Files.isReadable(certificates.resolve(file))) {
          throw new EngineException(
              "cannot read " + certificates.resolve(file) + ", which TLS to the engine needs");
        }
      }
      builder.sslConfig(new LocalDirectorySSLConfig(certificates.toString()));
    }
    return builder.build();
  }

  /** How long one answer may take. */
  public Duration deadline() {
    return deadline;
  }

  /**
   * Asks for {@code path}.
   *
   * @throws EngineException saying why there is no answer, and what to do about it where that is
   *     known
   */
  public JsonNode get(String path) throws EngineException {
    return call(Request.Method.GET, path, null);
  }

  /**
   * Tells the engine to do something.
   *
   * @param body what is sent; null for nothing
   * @throws EngineException saying why it did not
   */
  public JsonNode post(String path, @Nullable JsonNode body) throws EngineException {
    return call(Request.Method.POST, path, body);
  }

  /**
   * Sends the engine an archive.
   *
   * @param tar its bytes
   * @throws EngineException saying why it did not take it
   */
  public void upload(String path, byte[] tar) throws EngineException {
    String what = "POST " + path;
    Request request =
        Request.builder()
            .method(Request.Method.POST)
            .path(path)
            .putHeader("Content-Type", "application/x-tar")
            .bodyBytes(tar)
            .build();
    call(what, () -> ask(request, what));
  }

  /**
   * Tells the engine to remove something.
   *
   * @throws EngineException saying why it did not
   */
  public void delete(String path) throws EngineException {
    call(Request.Method.DELETE, path, null);
  }

  private JsonNode call(Request.Method method, String path, @Nullable JsonNode body)
      throws EngineException {
    String what = method + " " + path;
    return call(what, () -> ask(request(method, path, body), what));
  }

  private JsonNode call(String what, Callable<JsonNode> task) throws EngineException {
    if (timeouts.get() >= PATIENCE) {
      throw new EngineException("not asked: the engine had stopped answering");
    }
    Future<JsonNode> call = calls.submit(task);
    try {
      return call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      timeouts.incrementAndGet();
      call.cancel(true);
      throw new EngineException(
          "the engine did not answer " + what + " within " + deadline.toSeconds() + " s");
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted");
    } catch (ExecutionException e) {
      throw trouble.explain(what, e.getCause() == null ? e : e.getCause());
    }
  }

  private static Request request(Request.Method method, String path, @Nullable JsonNode body) {
    Request.Builder request = Request.builder().method(method).path(path);
    if (body != null) {
      request
          .putHeader("Content-Type", "application/json")
          .bodyBytes(body.toString().getBytes(StandardCharsets.UTF_8));
    }
    return request.build();
  }

  /**
   * Tells the engine to do something that takes as long as it takes, and reads what it answers
   * meanwhile; closing the answer ends the call.
   *
   * @throws EngineException if it refuses, or cannot be reached
   */
  public Answering open(String path, Map<String, String> headers) throws EngineException {
    Request.Builder request = Request.builder().method(Request.Method.POST).path(path);
    headers.forEach(request::putHeader);
    return open(http, request.build(), "POST " + path);
  }

  private Answering open(DockerHttpClient through, Request request, String what)
      throws EngineException {
    try {
      Response response = through.execute(request);
      if (response.getStatusCode() >= 300) {
        try (response;
            InputStream body = response.getBody()) {
          throw trouble.refused(what, response.getStatusCode(), body.readNBytes(MAX_ANSWER));
        }
      }
      return new Answering(response.getBody(), response);
    } catch (IOException | RuntimeException e) {
      throw trouble.explain(what, e);
    }
  }

  /**
   * Asks for something large, to be read as it comes; closing the answer ends the call.
   *
   * @param patience how long the engine may take to begin, and then to send more
   * @throws EngineException if it refuses, cannot be reached, or does not begin in time
   */
  public Answering stream(String path, Duration patience) throws EngineException {
    if (timeouts.get() >= PATIENCE) {
      throw new EngineException("not asked: the engine had stopped answering");
    }
    String what = "GET " + path;
    DockerHttpClient patient = transport(endpoint, patience);
    Request request = Request.builder().method(Request.Method.GET).path(path).build();
    Future<Answering> call = calls.submit(() -> open(patient, request, what));
    boolean begun = false;
    try {
      Answering answer = call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      begun = true;
      return new Answering(
          new PatientStream(answer.body(), answer.connection(), patience),
          () -> {
            answer.close();
            patient.close();
          });
    } catch (TimeoutException e) {
      throw new EngineException(
          "the engine did not answer " + what + " within " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted");
    } catch (ExecutionException e) {
      throw trouble.explain(what, e.getCause() == null ? e : e.getCause());
    } finally {
      if (!begun) {
        call.cancel(true);
        closeQuietly(patient);
      }
    }
  }

  /**
   * An answer that is still coming.
   *
   * @param connection what to close to end it
   */
  public record Answering(InputStream body, Closeable connection) implements Closeable {
    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /**
   * Asks the engine to turn the connection into a stream in both directions.
   *
   * @throws EngineException if it refuses, or cannot be reached
   */
  public Attachment attach(String path) throws EngineException {
    String what = "POST " + path;
    try {
      Attachment attached = Attachment.open(endpoint, path);
      if (attached.status() != 101 && attached.status() != 200) {
        try (attached) {
          throw trouble.refused(what, attached.status(), attached.in().readNBytes(MAX_ANSWER));
        }
      }
      return attached;
    } catch (IOException e) {
      throw trouble.explain(what, e);
    }
  }

  private JsonNode ask(Request request, String what) throws EngineException, IOException {
    try (Response response = http.execute(request);
        InputStream body = response.getBody()) {
      byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw new EngineException(
            "the engine's answer to " + what + " is larger than " + (MAX_ANSWER >> 20) + " MiB");
      }
      int status = response.getStatusCode();
      if (status < 200 || status >= 300) {
        throw trouble.refused(what, status, bytes);
      }
      return bytes.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(bytes);
    }
  }

  @Override
  public void close() {
    calls.shutdownNow();
    closeQuietly(http);
  }

  private static void closeQuietly(DockerHttpClient http) {
    try {
      http.close();
    } catch (IOException e) {
      // Nothing more is wanted from it.
    }
  }
}
