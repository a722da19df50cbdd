package plimsoll.report;

import java.util.ArrayList;
import java.util.List;
import plimsoll.rule.Condition;
import plimsoll.rule.Fact;

/** A condition in words, one line each, indented by depth, as a Markdown list. */
final class ConditionText {
  private final List<String> lines = new ArrayList<>();

  private ConditionText() {}

  static List<String> of(Condition condition) {
    ConditionText text = new ConditionText();
    text.add(condition, "");
    return text.lines;
  }

  private void add(Condition condition, String indent) {
    String deeper = indent + "  ";
    if (condition instanceof Condition.Test test) {
      lines.add(indent + "- " + path(test.fact()) + " is " + test.operator().expected());
    } else if (condition instanceof Condition.NoDrift) {
      lines.add(indent + "- the kernel enforces no less than was asked for, on any process");
    } else if (condition instanceof Condition.Policy policy) {
      lines.add(indent + "- " + policy.describe());
    } else if (condition instanceof Condition.Manual manual) {
      lines.add(indent + "- no program can tell; a person has to look: " + manual.look().strip());
      manual
          .gather()
          .forEach(fact -> lines.add(deeper + "- to begin with, " + path(fact) + " is shown"));
    } else if (condition instanceof Condition.All all) {
      lines.add(indent + "- all of");
      all.parts().forEach(part -> add(part, deeper));
    } else if (condition instanceof Condition.Any any) {
      lines.add(indent + "- at least one of");
      any.parts().forEach(part -> add(part, deeper));
    } else if (condition instanceof Condition.Not not) {
      lines.add(indent + "- not");
      add(not.part(), deeper);
    } else if (condition instanceof Condition.Each each) {
      lines.add(indent + "- for each of " + path(each.list()));
      add(each.require(), deeper);
    } else if (condition instanceof Condition.When when) {
      lines.add(indent + "- where");
      add(when.premise(), deeper);
      lines.add(indent + "- must hold");
      add(when.then(), deeper);
    }
  }

  private static String path(Fact fact) {
    return switch (fact.root()) {
      case ENGINE -> "`engine:" + fact.path().text() + "`";
      case HOST -> "`host:" + fact.path().text() + "`";
      default -> "`" + fact.path().text() + "`";
    };
  }
}
