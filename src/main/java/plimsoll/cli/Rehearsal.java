package plimsoll.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * What the launcher runs once after building, so that the Java virtual machine can write down the
 * classes a run needs and start the next one from that: every command, and an audit of an engine
 * that a thread here plays. It prints nothing and asks no real engine.
 */
public final class Rehearsal {
  private static final String ID = "c".repeat(64);

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/version",
          "{\"Version\": \"20.10.24\", \"ApiVersion\": \"1.41\"}",
          "/info",
          "{\"SecurityOptions\": [\"name=seccomp,profile=default\"], \"MemoryLimit\": true,"
              + " \"SwapLimit\": true, \"PidsLimit\": true, \"CpuCfsQuota\": true,"
              + " \"LoggingDriver\": \"json-file\", \"ServerVersion\": \"20.10.24\"}",
          "/images/web/json",
          "{\"Id\": \"sha256:1\", \"Config\": {}}",
          "/containers/create",
          "{\"Id\": \"" + ID + "\", \"Warnings\": []}",
          "/containers/" + ID + "/wait",
          "{\"StatusCode\": 0}",
          "/networks",
          "[]",
          "/volumes",
          "{\"Volumes\": []}",
          "/images/json",
          "[]",
          "/containers/json",
          "[{\"Id\": \"" + ID + "\"}]",
          "/containers/" + ID + "/json",
          container());

  /** A file of each kind that a gate reads, with what most of them have in them. */
  private static final Map<String, String> FILES =
      Map.of(
          "compose.yaml",
          """
          x-common: &common
            restart: always
            logging: {driver: json-file, options: {max-size: 10m}}
          services:
            web:
              <<: *common
              image: web:${TAG:-1}
              build: {context: ., args: {A: b}}
              privileged: true
              network_mode: host
              user: "0"
              cap_add: [SYS_ADMIN]
              security_opt: ["seccomp:unconfined"]
              volumes: ["/var/run/docker.sock:/s", {type: bind, source: /etc, target: /x}, data:/d]
              devices: [/dev/sda]
              ports: ["80:80", {target: 81, published: 81}]
              environment: {PASSWORD: secret, B: c}
              deploy: {resources: {limits: {memory: 1g, cpus: "1", pids: 10}}}
              healthcheck: {test: [CMD, "true"]}
            other: # plimsoll: ignore container-no-init until 2027-01-31 -- rehearsal
              extends: {service: web}
              depends_on: [web]
              tmpfs: [/tmp]
              ulimits: {nofile: {soft: 1, hard: 2}}
              sysctls: ["net.core.somaxconn=1"]
          volumes: {data: {driver_opts: {type: none, o: bind, device: /etc}}}
          networks: {default: {driver: bridge}}
          """,
          "run.sh",
          """
          #!/bin/bash
          set -e
          OPTS=(--privileged -v "$PWD:/w")
          IMAGE=${IMAGE:-web}
          [ -n "$DEBUG" ] && OPTS+=(--network=host)
          start() { for one in a b; do sudo docker run --rm "${OPTS[@]}" "$@" "$IMAGE" "$one"; done; }
          case $1 in start) start -e A=b ;; *) echo "usage: $0" | cat >&2 ;; esac
          docker run -d --name web -p 80:80 -v /var/run/docker.sock:/s --cap-add SYS_ADMIN \\
            --security-opt seccomp=unconfined --pid host --device /dev/sda -u 0 --memory 1g web
          cat <<END
          $(docker info)
          END
          """,
          "Makefile",
          """
          RUN = docker run --rm $(FLAGS)
          FLAGS := --privileged
          all: ; @$(RUN) web
          """,
          "Dockerfile",
          """
          FROM debian:12 AS build
          ARG TOKEN
          RUN apt-get update && curl http://a.example/x | sh
          FROM build
          COPY --from=build /x /x
          ENV PASSWORD=secret
          USER root
          HEALTHCHECK CMD true
          """,
          ".gitlab-ci.yml",
          """
          build:
            variables: {OPTS: "--privileged"}
            script: ["docker run $OPTS web"]
          """,
          "Jenkinsfile",
          """
          pipeline { agent { docker { image 'web' args '--privileged' } } stages { stage('a') { steps { sh 'docker run web' } } } }
          """);

  private Rehearsal() {}

  private static String container() {
    return "{\"Id\": \""
        + ID
        + "\", \"Name\": \"/web\", \"Image\": \"sha256:1\", \"State\": {\"Status\": \"running\", \"Pid\": "
        + ProcessHandle.current().pid()
        + "}, \"Config\": {\"Image\": \"web\", \"Env\": [\"A=b\"], \"Cmd\": [\"web\"]},"
        + " \"HostConfig\": {\"Privileged\": false, \"Memory\": 1, \"Binds\": [\"/etc:/x\"],"
        + " \"PortBindings\": {\"80/tcp\": [{\"HostIp\": \"\", \"HostPort\": \"80\"}]}}}";
  }

  /**
   * Rehearses.
   *
   * @param args the folder of samples, if there is one
   */
  public static void main(String[] args) throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Edges edges =
        new Edges(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Map.of(),
            Path.of("/"),
            Clock.systemUTC(),
            false,
            false,
            null);
    Main.run(edges, "--version");
    Main.run(edges, "rules", "list");
    for (String samples : args) {
      String snapshot = samples + "/hosts/careless.json";
      Main.run(edges, "audit", "--snapshot", snapshot, "--output", "json");
      Main.run(edges, "audit", "--snapshot", snapshot);
      Main.run(edges, "report", snapshot, "--output", "html");
      Main.run(edges, "gate", samples + "/gate");
    }
    Path folder = Files.createTempDirectory("plimsoll");
    Path socket = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread engine = new Thread(() -> serve(server), "rehearsed engine");
      engine.setDaemon(true);
      engine.start();
      Main.run(edges, "audit", "--host", "unix://" + socket);
      Main.run(edges, "secure-run", "--host", "unix://" + socket, "--rm", "web", "true");
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(folder);
    }
    gate(edges);
    loadOwnClasses();
  }

  private static void gate(Edges edges) throws IOException {
    Path folder = Files.createTempDirectory("plimsoll");
    try {
      for (Map.Entry<String, String> file : FILES.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      Main.run(edges, "gate", folder.toString());
      Main.run(edges, "gate", "--strict", "--output", "json", folder.toString());
      Main.run(edges, "gate", "--output", "sarif", folder.toString());
    } finally {
      for (String file : FILES.keySet()) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.delete(folder);
    }
  }

  /** What reads a real container's kernel files is not reached by the above. */
  private static void loadOwnClasses() throws Exception {
    URI jar = Rehearsal.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    try (JarFile file = new JarFile(new File(jar))) {
      for (var entry : file.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("plimsoll/") && name.endsWith(".class") && !name.contains("-info")) {
          Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
        }
      }
    }
  }

  private static void serve(ServerSocketChannel server) {
    while (server.isOpen()) {
      try (SocketChannel connection = server.accept()) {
        StringBuilder head = new StringBuilder();
        var in = Channels.newInputStream(connection);
        int c = in.read();
        while (c >= 0 && head.indexOf("\r\n\r\n") < 0) {
          head.append((char) c);
          c = head.indexOf("\r\n\r\n") < 0 ? in.read() : c;
        }
        String path = head.toString().split(" ", 3)[1].replaceFirst("^/v[0-9.]+", "");
        String body = ANSWERS.getOrDefault(path.replaceFirst("\\?.*", ""), "{}");
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException | ArrayIndexOutOfBoundsException e) {
        // The client went away.
      }
    }
  }
}
