package plimsoll.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Value.Arm;

/** Variables and arguments at one place of a script. */
final class Env {
  /** A value this long has gone round in circles. */
  private static final int MAX_PIECES = 500;

  private final Map<String, Binding> variables;

  /** A variable; {@code elements} has one element for what is no array. */
  record Binding(boolean array, List<Value> elements) {
    Binding {
      elements =
          List.copyOf(elements.size() > MAX_PIECES ? elements.subList(0, MAX_PIECES) : elements);
    }

    static Binding of(Value value) {
      return new Binding(false, List.of(value));
    }

    Value scalar() {
      return elements.isEmpty() ? Value.EMPTY : elements.get(0);
    }
  }

  Env() {
    this(new HashMap<>());
  }

  private Env(Map<String, Binding> variables) {
    this.variables = variables;
  }

  Env copy() {
    return new Env(new HashMap<>(variables));
  }

  @Nullable Binding get(String name) {
    return variables.get(name);
  }

  void set(String name, Value value) {
    Value kept = value.pieces().size() > MAX_PIECES ? value.from(0, MAX_PIECES) : value;
    variables.put(name, Binding.of(kept));
  }

  void set(String name, @Nullable Binding binding) {
    if (binding == null) {
      variables.remove(name);
    } else {
      variables.put(name, binding);
    }
  }

  void append(String name, List<Value> elements) {
    Binding before = variables.get(name);
    List<Value> all = new ArrayList<>(before == null ? List.of() : before.elements());
    all.addAll(elements);
    variables.put(name, new Binding(true, all));
  }

  /** The arguments of the script or function; null where nobody knows them. */
  @Nullable List<Value> arguments() {
    Binding known = variables.get("@");
    return known == null ? null : known.elements();
  }

  void arguments(@Nullable List<Value> values) {
    set("@", values == null ? null : new Binding(true, values));
  }

  /**
   * Goes on where several ways come together.
   *
   * @param arms what each has made of this
   * @param certain whether one of them was taken in any case
   * @param join which place this is
   */
  void join(List<Env> arms, boolean certain, int join) {
    Set<String> names = new LinkedHashSet<>();
    arms.forEach(arm -> names.addAll(arm.variables.keySet()));
    for (String name : names) {
      Binding before = variables.get(name);
      Map<Arm, Binding> after = new LinkedHashMap<>();
      boolean all = certain;
      for (int i = 0; i < arms.size(); i++) {
        Binding own = arms.get(i).variables.get(name);
        if (own == null || own.equals(before)) {
          all = false;
        } else {
          after.put(new Arm(join, i), own);
        }
      }
      if (all && after.size() == 1) {
        variables.put(name, after.values().iterator().next());
      } else if (!after.isEmpty()) {
        variables.put(name, joined(before, after, all));
      }
    }
  }

  private static Binding joined(@Nullable Binding before, Map<Arm, Binding> after, boolean all) {
    if (after.values().stream().anyMatch(Binding::array) || (before != null && before.array())) {
      return joinedArrays(before, after);
    }
    Value base = before == null ? Value.EMPTY : before.scalar();
    Value grown = base;
    boolean kept = !all;
    List<Value> others = new ArrayList<>();
    for (Map.Entry<Arm, Binding> one : after.entrySet()) {
      Arm arm = one.getKey();
      Value value = one.getValue().scalar();
      int size = value.pieces().size();
      int own = base.pieces().size();
      if (before != null && value.startsWith(base)) {
        grown = grown.plus(value.from(own, size).onBranch(arm));
        kept = true;
      } else if (before != null && value.endsWith(base)) {
        grown = value.from(0, size - own).onBranch(arm).plus(grown);
        kept = true;
      } else {
        others.add(value.onBranch(arm));
      }
    }
    if (others.isEmpty()) {
      return Binding.of(grown);
    }
    if (before == null && others.size() == 1) {
      return Binding.of(others.get(0));
    }
    List<Value> choices = new ArrayList<>();
    if (kept && (before != null || grown.possible())) {
      choices.add(grown);
    }
    choices.addAll(others);
    return Binding.of(Value.choice(choices));
  }

  private static Binding joinedArrays(@Nullable Binding before, Map<Arm, Binding> after) {
    List<Value> base = before == null ? List.of() : before.elements();
    List<Value> elements = new ArrayList<>(base);
    for (Map.Entry<Arm, Binding> one : after.entrySet()) {
      List<Value> own = one.getValue().elements();
      boolean grown = own.size() >= base.size() && own.subList(0, base.size()).equals(base);
      own.subList(grown ? base.size() : 0, own.size())
          .forEach(value -> elements.add(value.onBranch(one.getKey())));
    }
    return new Binding(true, elements);
  }
}
