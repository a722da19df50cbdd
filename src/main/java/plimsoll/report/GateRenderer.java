package plimsoll.report;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;
import plimsoll.finding.Report;
import plimsoll.finding.Verdict;
import plimsoll.rule.Severity;
import plimsoll.rule.SubjectKind;

/**
 * What was found in files, for a person at a terminal: two lines for each, the place with its line,
 * and below it a caret with what is wrong there.
 */
public final class GateRenderer implements Renderer {
  private static final int WIDTH = 100;

  private final Show show;
  private final Severity from;
  private final Lines lines;
  private final boolean colour;

  /** Lines of the files that were judged. */
  public interface Lines {
    /** A line's text; empty for one there is not. */
    String text(String file, int line);
  }

  /**
   * Lists failures.
   *
   * @param show whether all that is in the report is listed
   * @param from else only what is this bad or worse
   */
  public GateRenderer(Show show, Severity from, Lines lines, boolean colour) {
    this.show = show;
    this.from = from;
    this.lines = lines;
    this.colour = colour;
  }

  @Override
  public void render(Report report, OutputStream out) {
    PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
    List<Finding> listed = new ArrayList<>();
    Map<Severity, Integer> below = new EnumMap<>(Severity.class);
    int unknown = 0;
    int waived = 0;
    for (Finding finding : report.findings()) {
      if (finding.verdict() == Verdict.UNKNOWN) {
        unknown++;
      } else if (finding.verdict() == Verdict.WAIVED) {
        waived++;
      }
      boolean fails = finding.verdict() == Verdict.FAIL;
      if (fails && finding.severity().compareTo(from) < 0 && show != Show.ALL) {
        below.merge(finding.severity(), 1, Integer::sum);
      } else if (fails || (show == Show.ALL && Show.FAILED.lists(finding))) {
        listed.add(finding);
      }
    }
    listed.sort(
        Comparator.comparing((Finding finding) -> file(finding))
            .thenComparingInt(finding -> line(finding))
            .thenComparingInt(finding -> column(finding))
            .thenComparing(Finding::severity, Comparator.reverseOrder()));
    String before = "";
    for (Gathered gathered : Gathered.of(listed)) {
      before = print(writer, gathered, before);
    }
    summary(writer, report, listed.size(), below, unknown, waived);
    writer.flush();
  }

  private static String file(Finding finding) {
    Location location = finding.location();
    return location == null ? "" : location.file();
  }

  private static int line(Finding finding) {
    Location location = finding.location();
    return location == null ? 0 : location.line();
  }

  private static int column(Finding finding) {
    Location location = finding.location();
    return location == null ? 0 : location.column();
  }

  /** Prints one; the place line is not said again where it is the one before. */
  private String print(PrintWriter out, Gathered gathered, String before) {
    Finding finding = gathered.first();
    Location location = finding.location();
    if (location == null) {
      out.println(Plain.line(finding.subject().name()) + ": " + saying(finding, null));
      return "";
    }
    String place = Plain.line(location.place()) + ": ";
    String text = lines.text(location.file(), location.line()).replace('\t', ' ');
    int start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    int column = location.column() - 1;
    boolean cut = column - start > WIDTH / 2 && text.length() - start > WIDTH;
    start = Math.min(cut ? column - WIDTH / 2 : start, Math.min(column, text.length()));
    String shown = text.substring(start, Math.min(text.length(), start + WIDTH));
    String head = place + (cut ? "..." : "") + Plain.line(shown);
    if (!head.equals(before)) {
      out.println(head);
    }
    int width =
        Math.max(
            1, Math.min(location.endColumn() - location.column(), start + shown.length() - column));
    out.print(" ".repeat(place.length() + (cut ? 3 : 0) + Math.max(0, column - start)));
    out.println(
        painted(finding, "^" + "~".repeat(width - 1)) + " " + saying(finding, gathered.note()));
    return head;
  }

  private String painted(Finding finding, String text) {
    String code =
        switch (finding.severity()) {
          case CRITICAL, HIGH -> "31";
          case MEDIUM -> "33";
          default -> "36";
        };
    return colour ? "\u001b[1;" + code + "m" + text + "\u001b[0m" : text;
  }

  private String saying(Finding finding, @Nullable String note) {
    StringBuilder text = new StringBuilder();
    text.append(finding.severity()).append(' ').append(finding.rule().id()).append(": ");
    text.append(Plain.line(finding.message()));
    if (note != null) {
      text.append(" (").append(Plain.line(note)).append(')');
    }
    if (finding.verdict() != Verdict.FAIL) {
      text.append(" [").append(finding.verdict()).append(']');
    }
    return text.toString();
  }

  private void summary(
      PrintWriter out,
      Report report,
      int listed,
      Map<Severity, Integer> below,
      int unknown,
      int waived) {
    StringBuilder text = new StringBuilder();
    int containers = report.subject().containers();
    long builds =
        report.findings().stream()
            .map(Finding::subject)
            .filter(subject -> subject.kind() == SubjectKind.BUILD)
            .distinct()
            .count();
    if (containers > 0 || builds == 0) {
      text.append(containers).append(containers == 1 ? " container, " : " containers, ");
    }
    if (builds > 0) {
      text.append(builds).append(builds == 1 ? " image built, " : " images built, ");
    }
    text.append(listed).append(listed == 1 ? " finding" : " findings");
    if (!below.isEmpty()) {
      StringBuilder counts = new StringBuilder();
      for (Severity severity :
          List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)) {
        if (below.containsKey(severity)) {
          counts.append(counts.isEmpty() ? "" : ", ");
          counts.append(below.get(severity)).append(' ').append(severity);
        }
      }
      text.append("; below ").append(from).append(": ").append(counts).append(" (--show all)");
    }
    if (waived > 0) {
      text.append("; ").append(waived).append(" waived");
    }
    if (unknown > 0) {
      text.append("; ").append(unknown).append(" cannot be told before it runs");
    }
    out.println(text);
  }
}
