package plimsoll.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import plimsoll.model.Snapshot;

/**
 * Snapshots as JSON: what is unset or empty is left out, and an unknown field is an error rather
 * than lost.
 */
public final class SnapshotJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .withConfigOverride(List.class, SnapshotJson::leaveOutEmpty)
          .withConfigOverride(SortedSet.class, SnapshotJson::leaveOutEmpty)
          .withConfigOverride(Map.class, SnapshotJson::leaveOutEmpty)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SnapshotJson() {}

  private static void leaveOutEmpty(MutableConfigOverride type) {
    type.setInclude(
        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS));
  }

  /** A file that is no snapshot, or not one this version reads. */
  public static final class NotASnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    NotASnapshotException(String message) {
      super(message);
    }
  }

  /** Writes a snapshot; the stream is left open. */
  public static void write(Snapshot snapshot, OutputStream out) throws IOException {
    out.write(MAPPER.writeValueAsBytes(snapshot));
    out.write('\n');
  }

  /**
   * Reads a snapshot.
   *
   * @throws NotASnapshotException saying what is wrong and where
   * @throws IOException if the stream cannot be read
   */
  public static Snapshot read(InputStream in) throws IOException, NotASnapshotException {
    try {
      JsonNode tree = MAPPER.readTree(in);
      String schema = tree.path("schema").asText("");
      if (!OlderSnapshots.readable(schema)) {
        throw new NotASnapshotException(
            schema.isEmpty()
                ? "it has no \"schema\": it is not a snapshot; make one with audit --save-snapshot"
                : "its schema is " + schema + ", this version reads " + Snapshot.SCHEMA);
      }
      Snapshot snapshot = MAPPER.treeToValue(tree, Snapshot.class);
      Optional<String> missing = Completeness.firstMissing(snapshot);
      if (missing.isPresent()) {
        throw new NotASnapshotException("nothing stands at " + missing.get() + ", which is needed");
      }
      return OlderSnapshots.renewed(snapshot);
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      String at =
          where == null || where.getLineNr() < 1
              ? ""
              : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
      throw new NotASnapshotException(at + e.getOriginalMessage());
    }
  }
}
