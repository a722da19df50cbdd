package plimsoll.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import plimsoll.shell.Arg;

/**
 * What the words of one run may come to: with all that some branch adds, and without it, and with
 * each on its own, for one may hide or undo what another does.
 */
final class Variants {
  private static final int MAX = 24;

  private Variants() {}

  static Set<List<Arg>> of(List<Arg> words) {
    Set<List<Arg>> variants = new LinkedHashSet<>();
    variants.add(words);
    List<Integer> optional = new ArrayList<>();
    Map<Integer, Set<Integer>> joins = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      Arg word = words.get(i);
      if (word.maybe()) {
        optional.add(i);
        if (word.join() >= 0) {
          joins.computeIfAbsent(word.join(), key -> new LinkedHashSet<>()).add(word.which());
        }
      }
    }
    if (optional.isEmpty()) {
      return variants;
    }
    variants.add(without(words, Arg::maybe));
    joins.forEach((join, arms) -> {
      for (int which : arms.size() > 1 ? arms : Set.<Integer>of()) {
        add(variants, without(words, word -> word.join() == join && word.which() != which));
      }
    });
    for (int start : optional) {
      if (words.get(start).text().startsWith("-")) {
        Arg alone = words.get(start);
        Arg after = start + 1 < words.size() ? words.get(start + 1) : alone;
        Arg value = after.text().startsWith("-") ? alone : after;
        add(
            variants,
            without(words, word -> word.maybe() && !word.equals(alone) && !word.equals(value)));
      }
    }
    return variants;
  }

  private static void add(Set<List<Arg>> variants, List<Arg> words) {
    if (variants.size() < MAX) {
      variants.add(words);
    }
  }

  /** The words without some options, and what belongs to these. */
  private static List<Arg> without(List<Arg> words, Predicate<Arg> dropped) {
    List<Arg> kept = new ArrayList<>();
    boolean dropping = false;
    for (Arg word : words) {
      dropping = dropped.test(word) && (dropping || word.text().startsWith("-"));
      if (!dropping) {
        kept.add(word);
      }
    }
    return kept;
  }
}
