package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plimsoll.client.EngineClient;
import plimsoll.client.EngineException;
import plimsoll.model.Engine;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.wire.Json;
import plimsoll.wire.Secrets;

/** The swarm an engine is in: what {@code docker info} says, what the node keeps, its services. */
final class SwarmReader {
  private static final String NO_MANAGER =
      "only a manager of the swarm knows: run Plimsoll on one as well";

  private final EngineClient client;
  private final HostFiles files;
  private final boolean local;
  private final Provenance provenance;

  SwarmReader(EngineClient client, HostFiles files, boolean local, Provenance provenance) {
    this.client = client;
    this.files = files;
    this.local = local;
    this.provenance = provenance;
  }

  /**
   * Reads it.
   *
   * @param info what {@code GET /info} answered
   * @return null where the engine is in no swarm
   */
  Engine.@Nullable Swarm read(JsonNode info) {
    JsonNode swarm = info.path("Swarm");
    provenance.origin("/swarm", Origin.info("Swarm"));
    String state = swarm.path("LocalNodeState").asText("inactive");
    if (info.isMissingNode()) {
      provenance.gap("/swarm", "the engine did not answer GET /info");
      return null;
    }
    if (state.equals("inactive")) {
      return null;
    }
    boolean manager = swarm.path("ControlAvailable").asBoolean(false);
    JsonNode cluster = swarm.path("Cluster");
    JsonNode spec = cluster.path("Spec");
    if (!manager) {
      for (String fact :
          List.of(
              "managers",
              "nodes",
              "autoLock",
              "certificateDays",
              "authorityDays",
              "secretsInEnvironment")) {
        provenance.gap("/swarm/" + fact, NO_MANAGER);
      }
    }
    JsonNode kept = kept(info.path("DockerRootDir").asText("/var/lib/docker"));
    return new Engine.Swarm(
        manager,
        manager ? count(swarm, "Managers") : null,
        manager ? count(swarm, "Nodes") : null,
        address(kept, "ListenAddr"),
        address(kept, "AdvertiseAddr"),
        address(kept, "DataPathAddr"),
        manager
            ? (Boolean) spec.path("EncryptionConfig").path("AutoLockManagers").asBoolean(false)
            : null,
        manager ? days(spec.path("CAConfig").path("NodeCertExpiry").asLong(0)) : null,
        manager ? age(cluster.path("TLSInfo").path("TrustRoot").asText()) : null,
        manager ? secrets() : List.of());
  }

  private static @Nullable Integer count(JsonNode swarm, String name) {
    return swarm.path(name).isInt() ? (Integer) swarm.path(name).asInt() : null;
  }

  private static @Nullable String address(JsonNode kept, String name) {
    String address = Json.text(kept, name);
    return address == null || address.isEmpty() ? null : address;
  }

  private static Integer days(long nanoseconds) {
    return (int) Duration.ofNanos(nanoseconds).toDays();
  }

  /** What the node was told when it was made or joined; the engine keeps it for itself. */
  private JsonNode kept(String root) {
    String file = root + "/swarm/docker-state.json";
    for (String fact : List.of("listenAddress", "advertisedAddress", "dataAddress")) {
      provenance.origin("/swarm/" + fact, Origin.host(file));
    }
    try {
      if (!local) {
        throw new IOException("the engine is on another host");
      }
      return new ObjectMapper().readTree(files.read(file));
    } catch (IOException e) {
      for (String fact : List.of("listenAddress", "advertisedAddress", "dataAddress")) {
        provenance.gap(
            "/swarm/" + fact,
            e instanceof com.fasterxml.jackson.core.JacksonException
                ? file + " is not JSON"
                : HostFiles.reason(e));
      }
      return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
  }

  /** How many days ago the root certificate began to be valid. */
  private @Nullable Integer age(String certificates) {
    try {
      X509Certificate root =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)));
      return (int) Duration.between(root.getNotBefore().toInstant(), Instant.now()).toDays();
    } catch (CertificateException e) {
      provenance.gap("/swarm/authorityDays", "the swarm's root certificate cannot be read");
      return null;
    }
  }

  private List<String> secrets() {
    List<String> found = new ArrayList<>();
    try {
      for (JsonNode service : client.get("/services")) {
        JsonNode spec = service.path("Spec");
        for (String variable :
            Json.texts(spec.path("TaskTemplate").path("ContainerSpec").path("Env"))) {
          String name = variable.split("=", 2)[0];
          if (Secrets.isName(name)) {
            found.add(spec.path("Name").asText() + " " + name);
          }
        }
      }
    } catch (EngineException e) {
      provenance.gap("/swarm/secretsInEnvironment", String.valueOf(e.getMessage()));
    }
    return found;
  }
}
