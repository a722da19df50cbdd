package plimsoll.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Finding;
import plimsoll.finding.Location;

/**
 * What one place in a file comes to. A setting that several containers take from it, by an anchor
 * or a variable, is to be mended once, and said once.
 *
 * @param first the first of them
 * @param more how many there are besides
 */
record Gathered(Finding first, int more) {

  /** Each place once for each thing that a rule says of it, in the order of the first. */
  static List<Gathered> of(List<Finding> findings) {
    Map<String, List<Finding>> places = new LinkedHashMap<>();
    List<Gathered> gathered = new ArrayList<>();
    for (Finding finding : findings) {
      Location location = finding.location();
      String key =
          location == null
              ? "\n" + places.size()
              : String.join(
                  "\n",
                  finding.rule().id(),
                  location.place(),
                  finding.verdict().toString(),
                  finding.severity().toString(),
                  finding.message());
      places.computeIfAbsent(key, made -> new ArrayList<>()).add(finding);
    }
    places.values().forEach(same -> gathered.add(new Gathered(same.get(0), same.size() - 1)));
    return gathered;
  }

  /** What there is to say of the place; null for nothing. */
  @Nullable String note() {
    Location location = first.location();
    String note = location == null ? null : location.note();
    return more == 0
        ? note
        : note == null ? "for " + (more + 1) + " containers" : note + ", and " + more + " more";
  }
}
