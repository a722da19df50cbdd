package plimsoll.model;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How two values of one fact compare: which of them confines more. */
public enum Order {
  /** A limit: null is none, and a smaller one confines more. */
  LIMIT {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      double asked = number(requested);
      double done = number(enforced);
      return done > asked + slack
          ? Strength.WEAKER
          : done < asked - slack ? Strength.STRONGER : Strength.EQUAL;
    }

    private double number(@Nullable Object value) {
      return value instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY;
    }
  },

  /** A number where a higher one confines more; null is 0. */
  HIGHER {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      double asked = requested instanceof Number number ? number.doubleValue() : 0;
      double done = enforced instanceof Number number ? number.doubleValue() : 0;
      return done < asked ? Strength.WEAKER : done > asked ? Strength.STRONGER : Strength.EQUAL;
    }
  },

  /** A user id: 0 is weaker than any other, and others do not compare. */
  ROOT {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      if (Objects.equals(requested, enforced) || requested == null || enforced == null) {
        return Strength.EQUAL;
      }
      if (enforced.equals(0L)) {
        return Strength.WEAKER;
      }
      return requested.equals(0L) ? Strength.STRONGER : Strength.INCOMPARABLE;
    }
  },

  /** A switch that confines where it is on. */
  ON {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      return truths(Boolean.TRUE.equals(requested), Boolean.TRUE.equals(enforced));
    }
  },

  /** A switch that confines where it is off. */
  OFF {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      return truths(!Boolean.TRUE.equals(requested), !Boolean.TRUE.equals(enforced));
    }
  },

  /** A set of rights: fewer confine more. */
  FEWER {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      Set<String> asked = set(requested);
      Set<String> done = set(enforced);
      if (asked.equals(done)) {
        return Strength.EQUAL;
      }
      return asked.containsAll(done) ? Strength.STRONGER : Strength.WEAKER;
    }

    @Override
    public String excess(@Nullable Object requested, @Nullable Object enforced) {
      Set<String> more = new TreeSet<>(set(enforced));
      more.removeAll(set(requested));
      return String.join(", ", more);
    }
  },

  /** Processors, {@code 0-3,7}; null is all of them: fewer confine more. */
  PROCESSORS {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      if (requested == null) {
        return enforced == null ? Strength.EQUAL : Strength.STRONGER;
      }
      if (enforced == null) {
        return Strength.WEAKER;
      }
      return FEWER.compareKnown(numbers(requested), numbers(enforced), slack);
    }

    private Set<String> numbers(Object ranges) {
      Set<String> numbers = new TreeSet<>();
      for (String range : String.valueOf(ranges).split(",")) {
        String[] ends = range.strip().split("-", 2);
        if (ends[0].matches("[0-9]{1,5}") && ends[ends.length - 1].matches("[0-9]{1,5}")) {
          for (int i = Integer.parseInt(ends[0]);
              i <= Integer.parseInt(ends[ends.length - 1]);
              i++) {
            numbers.add(Integer.toString(i));
          }
        }
      }
      return numbers;
    }
  },

  /** The system call filter's mode: none is weaker than any. */
  SECCOMP {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      return truths(
          requested != null && requested != Seccomp.Mode.DISABLED,
          enforced != null && enforced != Seccomp.Mode.DISABLED);
    }
  },

  /** A name: another one cannot be compared; {@code unconfined} confines nothing. */
  PROFILE {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      boolean asked = requested != null && !requested.equals("unconfined");
      boolean done = enforced != null && !enforced.equals("unconfined");
      if (asked != done) {
        return truths(asked, done);
      }
      return Objects.equals(requested, enforced) || !asked ? Strength.EQUAL : Strength.INCOMPARABLE;
    }
  },

  /** A weight or a place: another one is neither weaker nor stronger, but not what was asked. */
  SAME {
    @Override
    Strength compareKnown(@Nullable Object requested, @Nullable Object enforced, double slack) {
      if (requested instanceof Number asked && enforced instanceof Number done) {
        return Math.abs(asked.doubleValue() - done.doubleValue()) <= slack
            ? Strength.EQUAL
            : Strength.INCOMPARABLE;
      }
      return Objects.equals(requested, enforced) ? Strength.EQUAL : Strength.INCOMPARABLE;
    }
  };

  /** How what is enforced compares with what was requested. */
  public enum Strength {
    /** It confines less. */
    WEAKER,
    /** It is the same. */
    EQUAL,
    /** It confines more. */
    STRONGER,
    /** It is something else. */
    INCOMPARABLE
  }

  /**
   * Compares two values.
   *
   * @param slack by how much numbers may differ and be the same
   */
  abstract Strength compareKnown(
      @Nullable Object requested, @Nullable Object enforced, double slack);

  /** How what is enforced compares with what was requested. */
  public Strength compare(@Nullable Object requested, @Nullable Object enforced, double slack) {
    return compareKnown(requested, enforced, slack);
  }

  /** What is enforced too much of, as text: by default all of it. */
  public String excess(@Nullable Object requested, @Nullable Object enforced) {
    return enforced == null ? "none" : String.valueOf(enforced);
  }

  private static Strength truths(boolean asked, boolean done) {
    return asked == done ? Strength.EQUAL : asked ? Strength.WEAKER : Strength.STRONGER;
  }

  private static Set<String> set(@Nullable Object value) {
    return value instanceof Collection<?> values
        ? values.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }
}
