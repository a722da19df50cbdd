package plimsoll.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.Verification;
import plimsoll.engine.Verification.Check;
import plimsoll.finding.Finding;
import plimsoll.profile.Hardening.Hardened;
import plimsoll.profile.Profile;
import plimsoll.profile.Profile.Setting;
import plimsoll.profile.ShownLine;
import plimsoll.read.CreateRequest;

/** What secure-run did, as JSON ({@code plimsoll-secure-run/1}). */
final class SecureRunReport {
  private final @Nullable Path file;
  private final ObjectNode report = JsonNodeFactory.instance.objectNode();

  SecureRunReport(
      Profile profile,
      SecureRunOptions options,
      Hardened hardened,
      Refusals refusals,
      CreateRequest request) {
    this.file = options.places().report();
    report.put("schema", "plimsoll-secure-run/1");
    report.putObject("tool").put("name", "plimsoll").put("version", Version.tool().version());
    report.put("profile", profile.name());
    report.put("image", request.body().path("Image").asText());
    report.put("line", ShownLine.masked(hardened.line()));
    ArrayNode added = report.putArray("added");
    for (Setting setting : hardened.added()) {
      added
          .addObject()
          .put("flag", setting.flag().toString())
          .put("value", setting.value())
          .put("from", setting.from());
    }
    ArrayNode allowed = report.putArray("allowed");
    for (Finding finding : refusals.allowed()) {
      String rule = finding.rule().id();
      allowed
          .addObject()
          .put("rule", rule)
          .put("severity", finding.severity().toString())
          .put("message", finding.message())
          .put("reason", options.allowed().getOrDefault(rule, ""));
    }
    hardened.warnings().forEach(report.putArray("warnings")::add);
  }

  /** Keeps what the engine said when it made the container. */
  void warned(String warning) {
    report.withArray("warnings").add(warning);
  }

  /** Keeps why the program failed. */
  void why(String why) {
    report.withArray("why").add(why);
  }

  /**
   * Writes it, if somebody wants it.
   *
   * @param id the container's id; null where there is none
   * @param verification null where nothing was verified
   */
  void write(@Nullable String id, @Nullable Verification verification) throws UnusableException {
    if (file == null) {
      return;
    }
    report.put("container", id);
    ArrayNode checks = report.putArray("verification");
    if (verification != null) {
      for (Check check : verification.checks()) {
        checks
            .addObject()
            .put("fact", check.pointer())
            .put("status", check.status().name().toLowerCase(java.util.Locale.ROOT))
            .put("asked", check.asked())
            .put("found", check.found());
      }
    }
    byte[] text =
        (report.toPrettyString() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Target.toFile(file, out -> out.write(text));
  }
}
