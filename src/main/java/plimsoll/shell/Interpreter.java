package plimsoll.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Assignment;
import plimsoll.shell.Command.Branch;
import plimsoll.shell.Command.Function;
import plimsoll.shell.Command.Here;
import plimsoll.shell.Command.Loop;
import plimsoll.shell.Command.Pipeline;
import plimsoll.shell.Command.Sequence;
import plimsoll.shell.Command.ShellWord;
import plimsoll.shell.Command.Simple;
import plimsoll.shell.Command.Subshell;
import plimsoll.shell.Env.Binding;
import plimsoll.shell.Expansion.Selector;
import plimsoll.shell.Value.Arm;
import plimsoll.shell.Wrappers.Inner;

/**
 * Follows a script through all its branches and tells of every command on the way, once for each
 * choice that a variable in it leaves.
 */
public final class Interpreter {
  /** No script that people write does so much. */
  private static final int MAX_STEPS = 200_000;

  private static final int MAX_DEPTH = 60;

  /** Files that take in files that take in files ... */
  private static final int MAX_SOURCES = 20;

  /** Where a script is taken to run: so deep that no {@code ..} of its leads to the host's own. */
  public static final String FOLDER = "/work/of/somebody/in/a/folder";

  private static final Pattern SCRIPT = Pattern.compile("#! ?\\S*/(env )?(ba|da|a|z|k)?sh\\b");

  private final Unknowns unknowns;
  private final CommandListener listener;
  private final Map<String, Command> functions = new HashMap<>();
  private final Set<String> called = new HashSet<>();
  private final List<String> active = new ArrayList<>();
  private @Nullable Map<String, Optional<Binding>> locals;
  private @Nullable List<Value> printed;
  private boolean executed;
  private int steps;
  private int joins;
  private int depth;

  /** Where the command stands whose argument is the script that is followed; -1 for none. */
  private int place = -1;

  private Interpreter(Unknowns unknowns, CommandListener listener) {
    this.unknowns = unknowns;
    this.listener = listener;
  }

  /**
   * Follows a script.
   *
   * @param variables what is set before it starts, by name
   * @throws ShellException if it cannot be read, or goes too far
   */
  public static void follow(
      Fragment script, Map<String, Fragment> variables, Unknowns unknowns, CommandListener listener)
      throws ShellException {
    Interpreter interpreter = new Interpreter(unknowns, listener);
    Env env = new Env();
    variables.forEach((name, text) -> env.set(name, Value.of(text)));
    interpreter.run(ShellReader.read(script), env);
    // What nobody calls here, somebody may call who takes this file in.
    boolean more = true;
    while (more) {
      more = false;
      for (String name : List.copyOf(interpreter.functions.keySet())) {
        if (interpreter.called.add(name)) {
          more = true;
          interpreter.call(name, null, env.copy());
        }
      }
    }
  }

  private void run(Command command, Env env) throws ShellException {
    if (++steps > MAX_STEPS) {
      throw new ShellException("it does too much to be followed", 0);
    }
    if (++depth > MAX_DEPTH * 4) {
      throw new ShellException("it is nested too deeply", 0);
    }
    if (command instanceof Simple simple) {
      simple(simple, env);
    } else if (command instanceof Sequence sequence) {
      for (Command part : sequence.parts()) {
        run(part, env);
      }
    } else if (command instanceof Pipeline pipeline) {
      pipeline(pipeline, env);
    } else if (command instanceof Branch branch) {
      branch(branch, env);
    } else if (command instanceof Loop loop) {
      loop(loop, env);
    } else if (command instanceof Function function) {
      functions.put(function.name(), function.body());
    } else if (command instanceof Subshell subshell) {
      run(subshell.body(), env.copy());
    }
    depth--;
  }

  private void branch(Branch branch, Env env) throws ShellException {
    List<Value> outer = printed;
    List<Value> each = new ArrayList<>();
    List<Env> arms = new ArrayList<>();
    for (Command arm : branch.arms()) {
      Env own = env.copy();
      List<Value> inner = new ArrayList<>();
      printed = outer == null ? null : inner;
      run(arm, own);
      arms.add(own);
      if (!inner.isEmpty()) {
        each.add(lines(inner));
      }
    }
    printed = outer;
    if (outer != null && !each.isEmpty()) {
      boolean certain = branch.certain() && each.size() == branch.arms().size();
      if (branch.instead() && !outer.isEmpty()) {
        // command -v podman || command -v docker
        each.add(0, lines(outer));
        outer.clear();
        certain = true;
      }
      Value one = Value.choice(each);
      outer.add(certain ? one : one.onBranch(Arm.ANY));
    }
    env.join(arms, branch.certain(), ++joins);
  }

  /** What was printed line by line. */
  private static Value lines(List<Value> printed) {
    Value all = printed.get(0);
    for (Value one : printed.subList(1, printed.size())) {
      all = all.plus(Value.of(Fragment.at("\n", 0))).plus(one);
    }
    return all;
  }

  private void pipeline(Pipeline pipeline, Env env) throws ShellException {
    List<Command> parts = pipeline.parts();
    List<Value> outer = printed;
    // What is printed here goes through other programs.
    printed = null;
    boolean outerExecuted = executed;
    int runner = parts.size() - 1;
    while (runner > 0 && !runsInput(parts.get(runner), env)) {
      runner--;
    }
    for (int i = 0; i < parts.size(); i++) {
      executed = outerExecuted || i < runner;
      run(parts.get(i), env.copy());
    }
    executed = outerExecuted;
    printed = outer;
    // cat <<EOF | sh
    if (parts.get(parts.size() - 1) instanceof Simple last
        && parts.get(0) instanceof Simple first
        && !last.words().isEmpty()) {
      Expansion expansion = silent(env);
      Inner inner = Wrappers.unwrap(expansion.fields(last.words(), new Selector(-1, 0)));
      if (!inner.words().isEmpty()) {
        Documents.tell(first, last, inner.words(), expansion, listener);
      }
      if (inner.reads()) {
        for (Here here : first.heres()) {
          run(ShellReader.read(here.body), env.copy());
        }
        List<Arg> words = expansion.fields(first.words(), new Selector(-1, 0));
        if (words.size() > 1 && List.of("echo", "printf").contains(words.get(0).text())) {
          run(ShellReader.read(words.get(words.size() - 1).fragment()), env.copy());
        }
      }
    }
  }

  /** Whether a part of a pipeline runs what it is fed. */
  private boolean runsInput(Command part, Env env) throws ShellException {
    if (!(part instanceof Simple simple) || simple.words().isEmpty()) {
      return false;
    }
    Expansion expansion = silent(env);
    return Wrappers.runsInput(expansion.fields(simple.words(), new Selector(-1, 0)));
  }

  private void loop(Loop loop, Env env) throws ShellException {
    Env own = env.copy();
    boolean certain = false;
    String variable = loop.variable();
    if (variable != null) {
      List<ShellWord> items = loop.items();
      List<Value> values =
          items == null
              ? env.arguments()
              : Value.all(expansion(env).fields(items, new Selector(-1, 0)));
      if (values == null || values.isEmpty()) {
        own.set(variable, (Binding) null);
      } else {
        certain = values.stream().anyMatch(Value::certain);
        own.set(variable, Value.choice(values.subList(0, Math.min(values.size(), 16))));
      }
    }
    run(loop.body(), own);
    env.join(List.of(own), certain, ++joins);
  }

  private Expansion expansion(Env env) {
    return new Expansion(env, unknowns, this::output);
  }

  /** Expands without running again what is substituted. */
  private Expansion silent(Env env) {
    return new Expansion(env, unknowns, (body, where) -> null);
  }

  /** Runs what is substituted; what it prints can be told of echo, printf and pwd alone. */
  private @Nullable Value output(Command body, Env env) throws ShellException {
    List<Value> outer = printed;
    List<Value> own = new ArrayList<>();
    printed = own;
    try {
      run(body, env.copy());
      return own.isEmpty() ? null : lines(own);
    } finally {
      printed = outer;
    }
  }

  private void print(List<Arg> words, Simple simple, Env env) {
    List<Value> into = printed;
    boolean copies = words.size() == 1 && words.get(0).text().equals("cat");
    Value value =
        into == null || simple.silent()
            ? null
            : copies ? Builtins.fed(simple, silent(env)) : Builtins.printed(words);
    if (into != null && value != null) {
      into.add(value);
    }
  }

  private void simple(Simple simple, Env env) throws ShellException {
    Expansion expansion = expansion(env);
    for (ShellWord target : simple.redirects()) {
      expansion.value(target);
    }
    String first = simple.words().isEmpty() ? "" : String.valueOf(simple.words().get(0).literal());
    boolean lasting = simple.words().isEmpty() || ShellReader.DECLARING.contains(first);
    Env assigned = lasting || simple.assignments().isEmpty() ? env : env.copy();
    boolean local = List.of("local", "declare", "typeset").contains(first);
    for (Assignment assignment : simple.assignments()) {
      if (local) {
        local(assignment.name(), env);
      }
      assign(assignment, assigned);
    }
    if (simple.words().isEmpty()) {
      return;
    }
    Selector selector = new Selector(-1, 0);
    boolean outer = executed;
    executed |= Wrappers.runsSubstituted(simple.words());
    List<Arg> words = expansion.fields(simple.words(), selector);
    executed = outer;
    if (words.isEmpty()) {
      return;
    }
    int at = place < 0 ? simple.words().get(0).start() : place;
    if (local) {
      words.stream().skip(1).forEach(word -> local(word.text(), env));
    }
    Builtins.run(words, env);
    Value fed = words.get(0).text().equals("read") ? Builtins.fed(simple, silent(env)) : null;
    if (fed != null) {
      Builtins.read(words, fed, env);
    }
    functions.putAll(Builtins.aliases(words));
    print(words, simple, env);
    source(words, env);
    inner(at, words, simple, assigned);
    Expansion again = silent(env);
    List<Integer> sizes = List.copyOf(selector.sizes());
    for (int which = 0; which < Math.min(sizes.size(), 20); which++) {
      for (int other = 1; other < Math.min(sizes.get(which), 20); other++) {
        steps++;
        tell(at, again.fields(simple.words(), new Selector(which, other)));
      }
    }
  }

  private void source(List<Arg> words, Env env) throws ShellException {
    boolean takesIn = List.of("source", ".").contains(words.get(0).text()) && words.size() > 1;
    String path = takesIn ? words.get(1).text() : "";
    if (path.isEmpty() || active.contains(path) || active.size() > MAX_SOURCES) {
      return;
    }
    Fragment script = listener.sourced(path);
    Command command;
    try {
      command = script == null ? null : ShellReader.read(script);
    } catch (ShellException e) {
      // It is read by itself as well, and named there.
      return;
    }
    if (command != null) {
      active.add(path);
      follow(command, env, -1);
      active.remove(active.size() - 1);
    }
  }

  /** Follows what stands elsewhere. */
  private void follow(Command command, Env env, int from) throws ShellException {
    int outer = place;
    place = from;
    run(command, env);
    place = outer;
  }

  private void tell(int at, List<Arg> words) throws ShellException {
    List<Arg> inner = words.isEmpty() ? List.of() : Wrappers.unwrap(words).words();
    if (!inner.isEmpty()) {
      listener.runs(at, inner, executed);
    }
  }

  private void inner(int at, List<Arg> words, Simple simple, Env env) throws ShellException {
    Inner inner = Wrappers.unwrap(words);
    Fragment script = inner.script();
    if (script != null) {
      follow(ShellReader.read(script), inner.here() ? env : env.copy(), at);
    } else if (inner.reads()) {
      for (Here here : simple.heres()) {
        ShellWord word = here.word;
        if (word == null) {
          run(ShellReader.read(here.body), env.copy());
          continue;
        }
        for (Arg one : expansion(env).fields(List.of(word), new Selector(-1, 0))) {
          follow(ShellReader.read(one.fragment()), env.copy(), at);
        }
      }
    } else if (!inner.words().isEmpty()) {
      Arg program = inner.words().get(0);
      // What calls itself calls the program that it is named after.
      if (functions.containsKey(program.text()) && !active.contains(program.text())) {
        called.add(program.text());
        call(program.text(), inner.words().subList(1, inner.words().size()), env);
      } else {
        listener.runs(at, inner.words(), executed);
      }
      scripts(simple, program, env);
      Documents.tell(simple, simple, inner.words(), silent(env), listener);
    }
  }

  /** A here-document that becomes a script: {@code cat > run.sh <<EOF}. */
  private void scripts(Simple simple, Arg program, Env env) throws ShellException {
    if (program.base().equals("cat") || program.base().equals("tee")) {
      for (Here here : simple.heres()) {
        if (SCRIPT.matcher(here.body.text()).lookingAt()) {
          // Of one that is quoted the variables are its own.
          run(ShellReader.read(here.body), here.quoted ? new Env() : env.copy());
        }
      }
    }
  }

  private void call(String name, @Nullable List<Arg> arguments, Env env) throws ShellException {
    Command body = functions.get(name);
    if (body == null || active.contains(name) || active.size() > MAX_DEPTH) {
      return;
    }
    active.add(name);
    List<Value> before = env.arguments();
    Map<String, Optional<Binding>> outer = locals;
    Map<String, Optional<Binding>> own = new HashMap<>();
    locals = own;
    env.arguments(arguments == null ? null : Value.all(arguments));
    follow(body, env, -1);
    env.arguments(before);
    own.forEach((variable, binding) -> env.set(variable, binding.orElse(null)));
    locals = outer;
    active.remove(active.size() - 1);
  }

  /** A variable of the function alone: what it was comes back when the function is left. */
  private void local(String name, Env env) {
    if (locals != null) {
      locals.putIfAbsent(name, Optional.ofNullable(env.get(name)));
    }
  }

  private void assign(Assignment assignment, Env env) throws ShellException {
    Expansion expansion = expansion(env);
    List<ShellWord> elements = assignment.elements();
    if (elements != null) {
      List<Value> values = new ArrayList<>();
      for (Arg word : expansion.fields(elements, new Selector(-1, 0))) {
        values.add(Value.of(word));
      }
      if (!assignment.append()) {
        env.set(assignment.name(), new Binding(true, List.of()));
      }
      env.append(assignment.name(), values);
      return;
    }
    Value value = expansion.value(assignment.value());
    Binding before = env.get(assignment.name());
    env.set(
        assignment.name(),
        assignment.append() && before != null ? before.scalar().plus(value) : value);
  }
}
