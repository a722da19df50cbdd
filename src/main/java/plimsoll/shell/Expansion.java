package plimsoll.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Command.Part;
import plimsoll.shell.Command.ShellWord;
import plimsoll.shell.Env.Binding;
import plimsoll.shell.Value.Arm;
import plimsoll.shell.Value.Piece;

/** Expands words: variables, arrays, defaults, splitting. */
final class Expansion {
  /** What is the same wherever a script runs, or near enough. */
  private static final Map<String, String> USUAL =
      Map.of("HOME", "/home/user", "PWD", Interpreter.FOLDER, "IFS", " ");

  private final Env env;
  private final Unknowns unknowns;
  private final Runner runner;

  /** Runs what is substituted. */
  interface Runner {
    /** What it prints, as far as that can be told; null where it cannot. */
    @Nullable Value output(Command body, Env env) throws ShellException;
  }

  Expansion(Env env, Unknowns unknowns, Runner runner) {
    this.env = env;
    this.unknowns = unknowns;
    this.runner = runner;
  }

  /** Which of the choices that come up is taken: the first, but for one. */
  static final class Selector {
    private final int which;
    private final int alternative;
    private final List<Integer> sizes = new ArrayList<>();

    Selector(int which, int alternative) {
      this.which = which;
      this.alternative = alternative;
    }

    int pick(int size) {
      sizes.add(size);
      return sizes.size() - 1 == which ? Math.min(alternative, size - 1) : 0;
    }

    List<Integer> sizes() {
      return sizes;
    }
  }

  /** A word's value as a whole, as an assignment takes it. */
  Value value(ShellWord word) throws ShellException {
    Value value = Value.EMPTY;
    for (Part part : word.parts()) {
      value = value.plus(value(part));
    }
    return value;
  }

  private Value value(Part part) throws ShellException {
    if (part instanceof Part.Literal literal) {
      return Value.of(literal.text());
    }
    if (part instanceof Part.Variable variable) {
      List<Value> elements = elements(variable);
      if (elements != null) {
        Value joined = Value.EMPTY;
        for (Value element : elements) {
          joined =
              joined.pieces().isEmpty()
                  ? element
                  : joined.plus(blank(variable.start())).plus(element);
        }
        return joined;
      }
      return value(variable);
    }
    if (part instanceof Part.Substitution substitution) {
      Value output = runner.output(substitution.body(), env);
      return output == null ? unknown("(...)", substitution.start()) : output;
    }
    Part.Opaque opaque = (Part.Opaque) part;
    return unknown(opaque.what(), opaque.start());
  }

  private static Value blank(int offset) {
    return Value.of(Fragment.at(" ", offset));
  }

  private Value unknown(String name, int offset) {
    return Value.of(Fragment.at(String.valueOf(unknowns.of(name)), offset));
  }

  /** The value of a variable that is no list. */
  private Value value(Part.Variable variable) throws ShellException {
    Binding binding = binding(variable.name());
    Value value = binding == null ? null : binding.scalar();
    switch (variable.operator()) {
      case ":-", "-", ":=", "=" -> {
        if (value == null || !value.possible()) {
          Value otherwise = value(variable.operand());
          if (variable.operator().endsWith("=")) {
            env.set(variable.name(), otherwise);
          }
          return otherwise;
        }
        return value.certain()
            ? value
            : Value.choice(List.of(value, value(variable.operand()).onBranch(Arm.ANY)));
      }
      case ":+", "+" -> {
        Value operand = value(variable.operand());
        return value == null
            ? operand.onBranch(Arm.ANY)
            : value.certain()
                ? operand
                : value.possible() ? operand.onBranch(Arm.ANY) : Value.EMPTY;
      }
      case "other" -> {
        return unknown(variable.name(), variable.start());
      }
      default -> {
        return value == null ? usual(variable) : value;
      }
    }
  }

  private Value usual(Part.Variable variable) {
    String usual = USUAL.get(variable.name());
    return usual == null
        ? unknown(variable.name(), variable.start())
        : Value.of(Fragment.at(usual, variable.start()));
  }

  private @Nullable Binding binding(String name) {
    if (name.matches("[0-9]+")) {
      List<Value> arguments = env.arguments();
      int which = name.length() > 4 ? 0 : Integer.parseInt(name);
      return arguments == null || which == 0
          ? null
          : Binding.of(which > arguments.size() ? Value.EMPTY : arguments.get(which - 1));
    }
    return env.get(name);
  }

  /** The elements of what is a list; null for what is none. */
  private @Nullable List<Value> elements(Part.Variable variable) throws ShellException {
    if (variable.name().equals("@")) {
      List<Value> arguments = env.arguments();
      return arguments == null
          ? List.of(unknown("@", variable.start()))
          : arguments.isEmpty() && variable.operator().endsWith("-")
              ? List.of(value(variable.operand()))
              : arguments;
    }
    if (!variable.index().equals("@") && !variable.index().equals("*")) {
      return null;
    }
    Binding binding = env.get(variable.name());
    if (variable.operator().endsWith("+")) {
      // ${ARRAY[@]+"${ARRAY[@]}"}: the array, if there is one.
      return binding == null
          ? List.of()
          : variable.operand().parts().stream().anyMatch(part -> part instanceof Part.Variable)
              ? binding.elements()
              : List.of(value(variable.operand()).onBranch(Arm.ANY));
    }
    return binding == null
        ? List.of(unknown(variable.name(), variable.start()))
        : binding.elements();
  }

  /** The words that words become. */
  List<Arg> fields(List<ShellWord> words, Selector selector) throws ShellException {
    List<Arg> fields = new ArrayList<>();
    for (ShellWord word : words) {
      Fields into = new Fields(fields, selector, word.start());
      for (Part part : word.parts()) {
        into.add(part);
      }
      into.end();
    }
    return fields;
  }

  /** Words in the making. */
  private final class Fields {
    private final List<Arg> done;
    private final Selector selector;
    private final int wordStart;
    private Fragment.Builder text = new Fragment.Builder();
    private int start = -1;
    private @Nullable Arm arm;
    private boolean loose;

    Fields(List<Arg> done, Selector selector, int wordStart) {
      this.done = done;
      this.selector = selector;
      this.wordStart = wordStart;
    }

    void add(Part part) throws ShellException {
      if (part instanceof Part.Literal literal) {
        begin(literal.text().text().isEmpty() ? wordStart : literal.text().at(0));
        text.add(literal.text());
        // What a template puts in may be any number of words.
        loose = !literal.quoted() && text.length() == 1 && Unknowns.isIn(literal.text().text());
        return;
      }
      List<Value> elements = part instanceof Part.Variable variable ? elements(variable) : null;
      if (elements == null) {
        add(value(part), part.quoted(), !part.quoted());
        return;
      }
      boolean first = true;
      for (Value element : elements) {
        if (!first) {
          end();
        }
        first = false;
        add(element, part.quoted(), true);
      }
    }

    private void begin(int at) {
      start = start < 0 ? at : start;
    }

    private void add(Value value, boolean quoted, boolean many) {
      if (quoted && start < 0 && !many) {
        begin(wordStart);
      }
      for (Piece piece : value.pieces()) {
        if (piece.choices().isEmpty()) {
          add(piece, quoted, many);
        } else {
          Value picked = piece.choices().get(selector.pick(piece.choices().size()));
          add(picked.onBranch(Arm.ANY), quoted, many);
        }
      }
    }

    private void add(Piece piece, boolean quoted, boolean many) {
      String piecesText = piece.text().text();
      for (int i = 0; i < piecesText.length(); i++) {
        char c = piecesText.charAt(i);
        if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
          end();
          continue;
        }
        begin(piece.text().at(i));
        arm = piece.arm() == null ? arm : piece.arm();
        loose = many && text.length() == 0 && Unknowns.isOne(c);
        text.add(c, piece.text().at(i));
      }
    }

    void end() {
      if (start >= 0) {
        Fragment built = text.build();
        done.add(new Arg(built, start, arm, loose && built.text().length() == 1));
      }
      text = new Fragment.Builder();
      start = -1;
      arm = null;
      loose = false;
    }
  }
}
