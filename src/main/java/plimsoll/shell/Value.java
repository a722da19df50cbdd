package plimsoll.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a variable may hold: text piece by piece, each with its place in the file. */
record Value(List<Piece> pieces) {
  static final Value EMPTY = new Value(List.of());

  Value {
    pieces = List.copyOf(pieces);
  }

  /**
   * A branch.
   *
   * @param join which of the places where branches come together
   * @param which of the branches there, of which one is taken
   */
  record Arm(int join, int which) {
    /** One that excludes no other. */
    static final Arm ANY = new Arm(-1, 0);
  }

  /**
   * A piece.
   *
   * @param arm the branch on which alone it is there; null where it always is
   * @param choices where not empty, one of these stands here instead of the text
   */
  record Piece(Fragment text, @Nullable Arm arm, List<Value> choices) {
    Piece {
      choices = List.copyOf(choices);
    }

    Piece onBranch(Arm branch) {
      return arm != null ? this : new Piece(text, branch, choices);
    }
  }

  static Value of(Fragment text) {
    return new Value(List.of(new Piece(text, null, List.of())));
  }

  /** What a word is; on its branch only, where it is there on one. */
  static Value of(Arg word) {
    Arm arm = word.arm();
    Value value = of(word.fragment());
    return arm == null ? value : value.onBranch(arm);
  }

  static List<Value> all(List<Arg> words) {
    return words.stream().map(Value::of).toList();
  }

  /** One of several; those that are choices themselves are taken apart. */
  static Value choice(List<Value> choices) {
    List<Value> all = new ArrayList<>();
    for (Value one : choices) {
      Piece only = one.pieces.size() == 1 ? one.pieces.get(0) : null;
      if (only == null || only.choices().isEmpty()) {
        add(one, all);
      } else {
        Arm arm = only.arm();
        only.choices().forEach(each -> add(arm == null ? each : each.onBranch(arm), all));
      }
    }
    return all.size() == 1 ? all.get(0) : new Value(List.of(new Piece(Fragment.EMPTY, null, all)));
  }

  private static void add(Value one, List<Value> to) {
    if (to.stream()
        .noneMatch(have -> have.pieces.size() == one.pieces.size() && have.same(one, 0))) {
      to.add(one);
    }
  }

  Value plus(Value other) {
    List<Piece> all = new ArrayList<>(pieces);
    all.addAll(other.pieces);
    return new Value(all);
  }

  Value onBranch(Arm branch) {
    return new Value(pieces.stream().map(piece -> piece.onBranch(branch)).toList());
  }

  Value from(int piece, int end) {
    return new Value(pieces.subList(piece, end));
  }

  boolean startsWith(Value other) {
    return other.pieces.size() <= pieces.size() && same(other, 0);
  }

  boolean endsWith(Value other) {
    return other.pieces.size() <= pieces.size() && same(other, pieces.size() - other.pieces.size());
  }

  /** Whether the very pieces of another, from the same places, stand here. */
  private boolean same(Value other, int from) {
    for (int i = 0; i < other.pieces.size(); i++) {
      Piece own = pieces.get(from + i);
      Piece its = other.pieces.get(i);
      if (!own.text().equals(its.text()) || !own.choices().equals(its.choices())) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is any text in it, whatever branches are taken. */
  boolean certain() {
    return pieces.stream()
        .anyMatch(piece ->
            piece.arm() == null
                && (piece.choices().isEmpty()
                    ? piece.text().text().chars().anyMatch(c -> !Unknowns.isOne((char) c))
                    : piece.choices().stream().allMatch(Value::certain)));
  }

  /** Whether there can be any text in it. */
  boolean possible() {
    return pieces.stream()
        .anyMatch(piece ->
            !piece.text().text().isEmpty() || piece.choices().stream().anyMatch(Value::possible));
  }
}
