package plimsoll.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.model.Origin;
import plimsoll.model.PolicyChange;
import plimsoll.model.PolicyChange.Change;
import plimsoll.model.View;
import plimsoll.rule.Rule;
import plimsoll.rule.RuleSet;
import plimsoll.rule.Severity;
import plimsoll.rule.Waiver;

/** Tells how what judges a repository has become weaker. */
public final class PolicyChanges {
  private static final Pattern PLACE = Pattern.compile("(.*?):(\\d+)(?::(\\d+))?", Pattern.DOTALL);

  private final Map<String, Origin> origins = new TreeMap<>();
  private final Map<String, String> places;

  private PolicyChanges(Map<String, String> places) {
    this.places = places;
  }

  /**
   * What judges.
   *
   * @param places where the configuration changes a rule, {@code FILE:LINE:COLUMN} by its id
   */
  public record Judging(RuleSet rules, List<Waiver> waivers, Map<String, String> places) {
    /** Copies the collections. */
    public Judging {
      waivers = List.copyOf(waivers);
      places = Map.copyOf(places);
    }
  }

  /**
   * What is weaker now.
   *
   * @param today waivers that have expired by then waive nothing
   */
  public static View<PolicyChange> between(Judging before, Judging now, LocalDate today) {
    PolicyChanges changes = new PolicyChanges(now.places());
    List<Change> disabled = new ArrayList<>();
    List<Change> lowered = new ArrayList<>();
    List<Change> altered = new ArrayList<>();
    for (Rule was : before.rules().rules()) {
      Rule is = now.rules().find(was.id()).orElse(null);
      if (is == null) {
        changes.add(disabled, "disabled", was.id(), was.id());
        continue;
      }
      String from = isLower(was.severity().written(), is.severity().written());
      String missing = isLower(was.severity().omitted(), is.severity().omitted());
      if (!from.isEmpty() || !missing.isEmpty()) {
        changes.add(lowered, "lowered", was.id(), was.id() + (from.isEmpty() ? missing : from));
      }
      if (was.subject() != is.subject() || !was.require().equals(is.require())) {
        changes.add(altered, "altered", was.id(), was.id());
      }
    }
    List<Change> waivers = changes.waivers(before.waivers(), now.waivers(), today);
    return new View<>(
        new PolicyChange(waivers, disabled, lowered, altered), changes.origins, List.of());
  }

  private static String isLower(Severity was, Severity is) {
    return is.compareTo(was) < 0 ? " from " + was + " to " + is : "";
  }

  private void add(List<Change> list, String name, String rule, String what) {
    String place = places.get(rule);
    if (place != null) {
      origins.put("/" + name + "/" + list.size(), origin(place));
    }
    list.add(new Change(what));
  }

  /** Those that no waiver of before makes up for. */
  private List<Change> waivers(List<Waiver> before, List<Waiver> now, LocalDate today) {
    Map<String, List<LocalDate>> until = new HashMap<>();
    for (Waiver waiver : before) {
      until.computeIfAbsent(key(waiver), key -> new ArrayList<>()).add(waiver.expires());
    }
    List<Change> added = new ArrayList<>();
    for (Waiver waiver : now) {
      if (!waiver.holds(today)) {
        continue;
      }
      List<LocalDate> days = until.getOrDefault(key(waiver), List.of());
      LocalDate enough =
          days.stream().filter(day -> !day.isBefore(waiver.expires())).findFirst().orElse(null);
      if (enough == null) {
        origins.put("/waivers/" + added.size(), origin(waiver.place()));
        added.add(
            new Change(
                waiver.rule().text()
                    + " for "
                    + waiver.target().text()
                    + " until "
                    + waiver.expires()));
      } else {
        days.remove(enough);
      }
    }
    return added;
  }

  private static String key(Waiver waiver) {
    return waiver.rule().text() + "\n" + waiver.target().text();
  }

  private static Origin origin(String place) {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw new IllegalArgumentException(place);
    }
    String column = parts.group(3);
    return Origin.written(
        parts.group(1),
        Integer.parseInt(parts.group(2)),
        column == null ? 1 : Integer.parseInt(column),
        "waivers");
  }
}
