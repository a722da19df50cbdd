package plimsoll.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.Evaluator;
import plimsoll.engine.Waiving.Waived;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.gate.FoundBuild;
import plimsoll.gate.FoundContainer;
import plimsoll.gate.Repository.Contents;
import plimsoll.gate.SourceFile;
import plimsoll.rule.Glob;
import plimsoll.rule.Waiver;

/**
 * {@code # plimsoll: ignore RULE until 2027-01-31 -- reason}: one rule, for one item. At the end of
 * a line it speaks of that line; on a line of its own of the line below, and of the run or service
 * that begins there.
 */
final class InlineWaivers {
  private static final Pattern COMMENT =
      Pattern.compile("(?:^|\\s)(?:#|//)\\s*plimsoll:\\s*(.*?)\\s*$");
  private static final Pattern FORM =
      Pattern.compile("ignore\\s+([a-z0-9-]+)\\s+until\\s+(\\S+)\\s+--\\s+(\\S.*)");

  private final List<Inline> waivers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * One of them.
   *
   * @param line of the item it speaks of
   */
  private record Inline(String file, int line, Waiver waiver) {}

  private InlineWaivers() {}

  /**
   * Reads them.
   *
   * @param forbidden whether none of them counts
   */
  static InlineWaivers in(Contents contents, LocalDate today, boolean forbidden) {
    InlineWaivers inline = new InlineWaivers();
    for (SourceFile file : contents.files().values()) {
      inline.read(file, today, forbidden);
    }
    return inline;
  }

  /** Those that count. */
  List<Waiver> waivers() {
    return waivers.stream().map(Inline::waiver).toList();
  }

  private void read(SourceFile file, LocalDate today, boolean forbidden) {
    if (!file.text().contains("plimsoll:")) {
      return;
    }
    for (int line = 1; line <= file.lines(); line++) {
      String text = file.lineText(line);
      Matcher comment = COMMENT.matcher(text);
      if (!comment.find()) {
        continue;
      }
      String place = file.path() + ":" + line;
      Matcher form = FORM.matcher(comment.group(1));
      if (!form.matches()) {
        notes.add(
            place
                + ": this waives nothing; it is written: plimsoll: ignore RULE until YYYY-MM-DD --"
                + " REASON");
        continue;
      }
      LocalDate until = day(form.group(2));
      if (until == null) {
        notes.add(place + ": this waives nothing: " + form.group(2) + " is no day");
      } else if (forbidden) {
        notes.add(place + ": this waives nothing: --no-inline");
      } else if (today.isAfter(until)) {
        notes.add(place + ": this waives nothing: it expired on " + until);
      } else {
        boolean alone = text.substring(0, comment.start()).isBlank();
        waivers.add(
            new Inline(
                file.path(),
                alone ? line + 1 : line,
                new Waiver(
                    Glob.of(form.group(1)),
                    new Waiver.Target.InFiles(Glob.ofPath(file.path()), null),
                    form.group(3),
                    "inline",
                    until,
                    place)));
      }
    }
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Waives what they speak of. */
  Waived apply(Report report, Contents contents) {
    Map<String, String> starts = new HashMap<>();
    for (FoundContainer found : contents.containers()) {
      starts.put(found.container().identity().key(), found.file().path() + ":" + found.line());
    }
    Map<String, FoundBuild> builds = new HashMap<>();
    contents.builds().forEach(build -> builds.put("build " + build.name(), build));
    Set<Inline> used = new HashSet<>();
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      Inline by = finding.verdict() == Verdict.FAIL ? waiver(finding, starts, builds) : null;
      if (by != null) {
        used.add(by);
      }
      findings.add(by == null ? finding : finding.waivedBy(by.waiver()));
    }
    for (Inline one : waivers) {
      if (!used.contains(one)) {
        notes.add(
            one.waiver().place()
                + ": this waives nothing: "
                + one.waiver().rule().text()
                + " does not fail in line "
                + one.line());
      }
    }
    if (used.isEmpty()) {
      return new Waived(report, notes);
    }
    findings.sort(Evaluator.WORST_FIRST);
    return new Waived(report.with(findings), notes);
  }

  private @Nullable Inline waiver(
      Finding finding, Map<String, String> starts, Map<String, FoundBuild> builds) {
    Location at = finding.location();
    FoundBuild build = builds.get(finding.subject().key());
    String start =
        build != null && at != null
            ? at.file() + ":" + build.start(at.line())
            : starts.get(finding.subject().key());
    for (Inline one : waivers) {
      String place = one.file() + ":" + one.line();
      boolean here = at != null && at.file().equals(one.file()) && at.line() == one.line();
      if (one.waiver().rule().matches(finding.rule().id()) && (here || place.equals(start))) {
        return one;
      }
    }
    return null;
  }
}
