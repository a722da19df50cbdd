package plimsoll.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plimsoll.finding.Finding;
import plimsoll.model.Snapshot;
import plimsoll.profile.Abilities;
import plimsoll.profile.Hardening;
import plimsoll.profile.Hardening.Hardened;
import plimsoll.profile.Profile;
import plimsoll.profile.Profile.Setting;
import plimsoll.read.ClientWorld;
import plimsoll.read.CreateRequest;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLine;
import plimsoll.read.RunLine.Given;
import plimsoll.read.RunLineException;
import plimsoll.report.Plain;

/**
 * A run line and its hardened equivalent.
 *
 * @param line the result
 * @param changes what was taken out, left and added, each with why; for people
 */
record Conversion(RunLine line, List<String> changes) {

  /** What the program needs, so that it stays and somebody has to look at it. */
  private static final Set<String> NEEDED = Set.of("container-secret-env");

  /**
   * Converts a line: what the profile refuses is taken out, what it adds is added.
   *
   * @throws RunLineException if docker would not take the line
   * @throws UnusableException if a policy failed
   */
  static Conversion of(RunLine line, Profile profile, Policy policy, ClientWorld world, Edges edges)
      throws RunLineException, UnusableException {
    List<String> changes = new ArrayList<>();
    Set<String> left = new LinkedHashSet<>();
    RunLine rest = line;
    boolean again = true;
    while (again) {
      again = false;
      Snapshot snapshot = AskedFor.with(CreateRequest.of(rest, world), rest, nothing());
      for (Finding finding : Refusals.of(policy, snapshot, profile, Map.of(), edges).refused()) {
        Set<Given> offending = Refusals.offending(finding, rest);
        String id = finding.rule().id();
        if (offending.isEmpty() || NEEDED.contains(id)) {
          left.add("! " + id + ": " + Plain.line(finding.message()) + ". " + fix(finding));
          continue;
        }
        for (Given given : offending) {
          changes.add("- " + shown(given) + "  " + id + ": " + fix(finding));
        }
        List<Given> kept = new ArrayList<>(rest.flags());
        kept.removeAll(offending);
        rest = rest.with(kept);
        again = true;
        break;
      }
    }
    Hardened hardened = Hardening.harden(rest, profile, Abilities.ALL);
    for (Setting setting : hardened.added()) {
      boolean on = setting.value().equals("true");
      changes.add(
          "+ "
              + setting.flag()
              + (on ? "" : " " + setting.value())
              + "  the profile "
              + setting.from());
    }
    hardened.warnings().forEach(warning -> changes.add("~ " + warning));
    changes.addAll(left);
    return new Conversion(hardened.line(), List.copyOf(changes));
  }

  private static Snapshot nothing() {
    return Snapshot.described(Version.tool(), null, List.of(), List.of());
  }

  private static String fix(Finding finding) {
    String fix = finding.rule().fixFor("run");
    return fix == null ? finding.rule().title() : fix.strip();
  }

  private static String shown(Given given) {
    boolean on = given.flag().kind() == RunFlag.Kind.SWITCH;
    return given.flag() + (on ? "" : " " + Plain.line(given.value()));
  }
}
