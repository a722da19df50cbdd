package plimsoll.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding;
import plimsoll.finding.Fingerprint;
import plimsoll.finding.Location;
import plimsoll.finding.Verdict;
import plimsoll.gate.FoundContainer;
import plimsoll.gate.SourceFile;
import plimsoll.model.Origin;
import plimsoll.model.Source;
import plimsoll.read.Word;
import plimsoll.read.Written;
import plimsoll.rule.Condition;

/** Puts what is found where it stands in its file: at the flag or key that makes it. */
final class GatePlaces {
  /** Which security option a fact follows from. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "/seccomp", "seccomp",
          "/label/apparmor", "apparmor",
          "/label/selinux", "label",
          "/noNewPrivileges", "no-new-privileges");

  private final Map<String, SourceFile> files;

  /** For files, by path. */
  GatePlaces(Map<String, SourceFile> files) {
    this.files = files;
  }

  /** A finding about a daemon's configuration, at the key that it is about. */
  static Finding atKey(SourceFile file, Finding finding) {
    Evidence evidence = finding.evidence().isEmpty() ? null : finding.evidence().get(0);
    Origin origin = evidence == null ? null : evidence.origin();
    String key = origin == null ? null : origin.field();
    int offset = key == null ? -1 : file.text().indexOf('"' + key + '"');
    int line = offset < 0 ? 1 : file.line(offset);
    int column = offset < 0 ? 1 : file.column(offset);
    Location at = new Location(file.path(), line, column, line, end(file, line, column), null);
    return evidence == null ? finding.at(at) : alone(finding, evidence, null, at);
  }

  /**
   * The finding at each word that makes it; else at a place of a file, where an image's last stage
   * begins.
   */
  List<Finding> placed(SourceFile file, int line, int column, Finding finding) {
    Location usual = location(file, null, line, column);
    Map<String, Finding> placed = new LinkedHashMap<>();
    List<Finding> others = new ArrayList<>();
    for (Evidence evidence : finding.evidence()) {
      Origin origin = evidence.origin();
      if (origin != null && origin.line() != null && origin.column() != null) {
        Location at = location(file, origin.file(), origin.line(), origin.column());
        placed.putIfAbsent(at.place(), alone(finding, evidence, null, at));
      } else {
        others.add(alone(finding, evidence, null, usual));
      }
    }
    if (placed.isEmpty() || finding.verdict() != Verdict.FAIL) {
      return List.of(placed.values().stream().findFirst().orElse(finding.at(usual)));
    }
    others.addAll(placed.values());
    return others;
  }

  private Location location(SourceFile usual, @Nullable String path, int line, int column) {
    SourceFile file = path == null ? usual : files.getOrDefault(path, usual);
    return new Location(file.path(), line, column, line, end(file, line, column), null);
  }

  /** The finding at each flag or key that makes it. */
  List<Finding> placed(FoundContainer found, Finding finding) {
    if (finding.verdict() != Verdict.FAIL && finding.verdict() != Verdict.UNKNOWN) {
      // Most of all findings, and nothing to point at.
      return List.of(
          finding.at(location(found, found.file().path(), found.line(), found.column())));
    }
    Map<String, Finding> placed = new LinkedHashMap<>();
    for (Evidence evidence : finding.evidence()) {
      Origin origin = evidence.origin();
      if (origin == null
          || origin.source() != Source.FILE
          || origin.line() == null
          || origin.column() == null) {
        if (finding.rule().require() instanceof Condition.Policy) {
          // Another objection, which nobody wrote anywhere: at the container itself.
          Location at = location(found, found.file().path(), found.line(), found.column());
          placed.put(at.place() + evidence, alone(finding, evidence, null, at));
        }
        continue;
      }
      String path = origin.file() == null ? found.file().path() : origin.file();
      List<Written> elements = elements(found, evidence, String.valueOf(origin.field()));
      if (elements.isEmpty()) {
        Location at = location(found, path, origin.line(), origin.column());
        placed.putIfAbsent(at.place(), alone(finding, evidence, null, at));
      }
      for (Written element : elements) {
        Word word = element.word();
        Location at =
            location(found, word.file() == null ? path : word.file(), word.line(), word.column());
        placed.putIfAbsent(at.place(), alone(finding, evidence, wrong(evidence, element), at));
      }
    }
    if (finding.verdict() != Verdict.FAIL || placed.isEmpty()) {
      return List.of(
          placed.values().stream()
              .findFirst()
              .orElseGet(() ->
                  finding.at(location(found, found.file().path(), found.line(), found.column()))));
    }
    return List.copyOf(placed.values());
  }

  private static Finding alone(
      Finding finding, Evidence evidence, @Nullable String own, Location at) {
    Evidence part =
        new Evidence(
            evidence.view(),
            evidence.path(),
            evidence.expected(),
            own == null ? evidence.actual() : own,
            evidence.origin(),
            evidence.process());
    return finding.alone(
        part, Fingerprint.of(finding.rule(), finding.subject(), List.of(part)), at);
  }

  /** What of a failing list an element is; null where it is all of it. */
  private static @Nullable String wrong(Evidence evidence, Written element) {
    String text = element.text().toLowerCase(Locale.ROOT);
    String bare = text.replaceFirst("^cap_", "");
    for (String part : evidence.actual().split(", ")) {
      String low = part.toLowerCase(Locale.ROOT);
      if (element.field().equals("HostConfig.CapAdd") ? low.equals(bare) : text.contains(low)) {
        return part;
      }
    }
    return null;
  }

  /** Of a list that fails, the elements that make it. */
  private static List<Written> elements(FoundContainer found, Evidence evidence, String field) {
    String option =
        OPTIONS.entrySet().stream()
            .filter(entry -> evidence.path().startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    List<String> wrong = List.of(evidence.actual().toLowerCase(Locale.ROOT).split(", "));
    List<Written> elements = new ArrayList<>();
    for (Written one : found.written()) {
      String text = one.text().toLowerCase(Locale.ROOT);
      boolean capability = one.field().equals("HostConfig.CapAdd");
      String bare = capability ? text.replaceFirst("^cap_", "") : text;
      boolean fits =
          option != null
              ? text.startsWith(option)
              : capability
                  ? bare.equals("all") || wrong.contains(bare)
                  : wrong.stream().anyMatch(part -> part.length() > 1 && bare.contains(part));
      if (one.field().equals(field) && fits) {
        elements.add(one);
      }
    }
    // Of security options with the same name the last counts.
    return option != null && elements.size() > 1
        ? elements.subList(elements.size() - 1, elements.size())
        : elements;
  }

  private Location location(FoundContainer found, String path, int line, int column) {
    SourceFile file = files.getOrDefault(path, found.file());
    return new Location(
        path, line, column, line, end(file, line, column), note(found, path, line, column));
  }

  /** The column after a word, a quoted text or a key. */
  private static int end(SourceFile file, int line, int column) {
    String text = file.lineText(line);
    int end = column - 1;
    char quote = end < text.length() ? text.charAt(end) : ' ';
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, end + 1);
      end = close < 0 ? end + 1 : close + 1;
    }
    while (end < text.length() && " \t\"'`;&|)}],".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (end > column && end <= text.length() && text.charAt(end - 1) == ':') {
      end--;
    }
    return Math.max(end + 1, column + 1);
  }

  private static @Nullable String note(FoundContainer found, String path, int line, int column) {
    boolean other = !path.equals(found.file().path());
    String remark = found.notes().get((other ? path + ":" : "") + line + ":" + column);
    boolean apart = other || line < found.line() || line > found.lastLine();
    String key = found.container().identity().key();
    String reaches =
        !apart
            ? null
            : key.startsWith("compose ")
                ? "for the service " + found.container().identity().name()
                : "reaches the run in "
                    + (other ? found.file().path() + ":" : "line ")
                    + found.line();
    return reaches == null ? remark : remark == null ? reaches : reaches + ", " + remark;
  }
}
