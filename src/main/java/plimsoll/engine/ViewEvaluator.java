package plimsoll.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Evidence;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.View;
import plimsoll.model.Witness;
import plimsoll.rule.Condition;
import plimsoll.rule.Fact;

/**
 * Evaluates a condition on one view of one subject.
 *
 * <p>In the enforced view, a fact the kernel is no witness of is read from the requested one: both
 * views would say the same, and it counts as nothing the kernel confirmed.
 */
final class ViewEvaluator {
  private final Surroundings surroundings;
  private final View<?> requested;
  private final @Nullable View<?> enforced;
  private final @Nullable Long process;

  private ViewEvaluator(
      Surroundings surroundings,
      View<?> requested,
      @Nullable View<?> enforced,
      @Nullable Long process) {
    this.surroundings = surroundings;
    this.requested = requested;
    this.enforced = enforced;
    this.process = process;
  }

  /** What a condition may read beside its subject; null where it was not collected. */
  record Surroundings(@Nullable View<Engine> engine, @Nullable View<Host> host) {}

  /** For what was requested, or for a subject that has one view only. */
  static ViewEvaluator requested(Surroundings surroundings, View<?> view) {
    return new ViewEvaluator(surroundings, view, null, null);
  }

  /** For what is enforced on the process {@code process}. */
  static ViewEvaluator enforced(
      Surroundings surroundings, View<?> requested, View<?> enforced, @Nullable Long process) {
    return new ViewEvaluator(surroundings, requested, enforced, process);
  }

  /** Where a relative path starts. */
  private record Element(Object facts, String pointer) {}

  /** What a fact is read from. */
  private record Place(View<?> view, ViewName name, Object facts, String pointer) {}

  Outcome evaluate(Condition condition) {
    return evaluate(condition, null);
  }

  private Outcome evaluate(Condition condition, @Nullable Element element) {
    if (condition instanceof Condition.All all) {
      return Outcome.all(all.parts().stream().map(part -> evaluate(part, element)).toList());
    }
    if (condition instanceof Condition.Any any) {
      return Outcome.any(any.parts().stream().map(part -> evaluate(part, element)).toList());
    }
    if (condition instanceof Condition.Not not) {
      return evaluate(not.part(), element).negated();
    }
    if (condition instanceof Condition.When when) {
      return when(when, element);
    }
    if (condition instanceof Condition.Each each) {
      return each(each, element);
    }
    if (condition instanceof Condition.Manual manual) {
      return Outcome.manual(manual.look(), gathered(manual));
    }
    if (condition instanceof Condition.NoDrift || condition instanceof Condition.Policy) {
      throw new IllegalStateException("it is judged by both views, not by one");
    }
    return test((Condition.Test) condition, element);
  }

  /** What is known already of that which a person has to look at. */
  private List<Evidence> gathered(Condition.Manual manual) {
    List<Evidence> gathered = new ArrayList<>();
    for (Fact fact : manual.gather()) {
      Place place = place(fact, null);
      if (place != null && place.view().gapAt(place.pointer()).isEmpty()) {
        String shown = plimsoll.rule.Operator.show(fact.path().read(place.facts()));
        gathered.add(evidence(place, "looked at by a person", shown));
      }
    }
    return gathered;
  }

  private Outcome when(Condition.When when, @Nullable Element element) {
    Outcome premise = evaluate(when.premise(), element);
    return switch (premise.verdict()) {
      case PASS -> evaluate(when.then(), element);
      case FAIL, NOT_APPLICABLE -> Outcome.notApplicable(premise.evidence());
      default -> {
        Outcome then = evaluate(when.then(), element);
        yield then.is(Verdict.PASS) ? then : premise;
      }
    };
  }

  private Outcome each(Condition.Each each, @Nullable Element element) {
    Place place = place(each.list(), element);
    if (place == null) {
      return missing(each.list());
    }
    Optional<Gap> gap = place.view().gapAt(place.pointer());
    if (gap.isPresent()) {
      return Outcome.unknown(gap.get().reason());
    }
    Object list = each.list().path().read(place.facts());
    if (list == null) {
      return Outcome.unknown(place.pointer() + " was not looked at");
    }
    List<Outcome> outcomes = new ArrayList<>();
    int index = 0;
    for (Object member : list instanceof Collection<?> members ? members : List.of()) {
      outcomes.add(evaluate(each.require(), new Element(member, place.pointer() + "/" + index++)));
    }
    return outcomes.isEmpty()
        ? Outcome.of(true, List.of(evidence(place, "each element", "none")))
        : Outcome.all(outcomes);
  }

  private Outcome test(Condition.Test test, @Nullable Element element) {
    Place place = place(test.fact(), element);
    if (place == null) {
      return missing(test.fact());
    }
    Optional<Gap> gap = place.view().gapAt(place.pointer());
    if (gap.isPresent()) {
      return Outcome.unknown(gap.get().reason());
    }
    Object actual = test.fact().path().read(place.facts());
    boolean holds = test.operator().accepts(actual);
    String shown = holds ? plimsoll.rule.Operator.show(actual) : test.operator().offending(actual);
    return Outcome.of(holds, List.of(evidence(place, test.operator().expected(), shown)));
  }

  private Evidence evidence(Place place, String expected, String actual) {
    return new Evidence(
        place.name(),
        place.pointer(),
        expected,
        actual,
        place.view().originOf(place.pointer()),
        place.name() == ViewName.ENFORCED ? process : null);
  }

  private static Outcome missing(Fact fact) {
    return Outcome.unknown(
        fact.root() == Fact.Root.ENGINE ? "no engine answered" : "the host was not looked at");
  }

  /** Where a fact is read; null where that was not collected. */
  private @Nullable Place place(Fact fact, @Nullable Element element) {
    String text = fact.path().text();
    return switch (fact.root()) {
      case SUBJECT -> {
        Place place = inSubject(text, requested.facts());
        yield new Place(place.view(), place.name(), place.view().facts(), text);
      }
      case ELEMENT -> {
        if (element == null) {
          throw new IllegalStateException("a relative path outside of each: " + text);
        }
        yield inSubject(element.pointer() + "/" + text, element.facts());
      }
      case ENGINE -> around(surroundings.engine(), text);
      case HOST -> around(surroundings.host(), text);
    };
  }

  private static @Nullable Place around(@Nullable View<?> view, String pointer) {
    return view == null ? null : new Place(view, ViewName.REQUESTED, view.facts(), pointer);
  }

  private Place inSubject(String pointer, Object facts) {
    boolean kernel = enforced != null && Witness.of(pointer) != Witness.ENGINE;
    return kernel && enforced != null
        ? new Place(enforced, ViewName.ENFORCED, facts, pointer)
        : new Place(requested, ViewName.REQUESTED, facts, pointer);
  }
}
