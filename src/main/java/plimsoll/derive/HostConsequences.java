package plimsoll.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.Host.Component;
import plimsoll.model.View;

/** What follows for the host from the versions of its programs, and from all of its containers. */
final class HostConsequences {
  private HostConsequences() {}

  static @Nullable View<Host> fill(@Nullable View<Host> view, List<Container> containers) {
    if (view == null) {
      return null;
    }
    Host host = view.facts();
    List<Gap> gaps = new ArrayList<>();
    List<Component> known = host.components();
    List<Component> components = known == null ? null : judged(known, gaps);
    return view.with(host.with(components, overcommitted(host, containers)), Map.of())
        .withGaps(gaps);
  }

  private static List<Component> judged(List<Component> components, List<Gap> gaps) {
    List<Component> judged = new ArrayList<>();
    for (Component component : components) {
      List<String> vulnerable = Vulnerabilities.table().of(component);
      if (!component.told() && !vulnerable.isEmpty()) {
        gaps.add(
            new Gap(
                "/components/" + judged.size() + "/vulnerable",
                "a distribution's build of "
                    + component.name()
                    + " "
                    + component.version()
                    + ", whose list of changes is not here: see there whether these are mended: "
                    + String.join(", ", vulnerable)));
        judged.add(component);
      } else {
        judged.add(component.withVulnerable(vulnerable));
      }
    }
    return judged;
  }

  /** Limits that all hold at once promise more than there is, and the kernel then has to choose. */
  private static List<String> overcommitted(Host host, List<Container> containers) {
    double memory = 0;
    double processors = 0;
    for (Container container : containers) {
      if ("running".equals(container.identity().state())) {
        memory += number(inForce(container, "/limits/memory/limit").limits().memory().limit());
        processors += number(inForce(container, "/limits/cpu/cpus").limits().cpu().cpus());
      }
    }
    List<String> more = new ArrayList<>();
    if (host.memory() != null && memory > host.memory()) {
      more.add(
          String.format(
              Locale.ROOT,
              "%.1f GB of memory, of which there are %.1f",
              memory / 1e9,
              host.memory() / 1e9));
    }
    if (host.processors() != null && processors > host.processors()) {
      more.add(
          String.format(
              Locale.ROOT,
              "%.1f processors, of which there are %d",
              processors,
              host.processors()));
    }
    return more;
  }

  private static Confinement inForce(Container container, String pointer) {
    View<Confinement> enforced = container.enforced();
    return enforced == null || enforced.gapAt(pointer).isPresent()
        ? container.requested().facts()
        : enforced.facts();
  }

  private static double number(@Nullable Number limit) {
    return limit == null ? 0 : limit.doubleValue();
  }
}
