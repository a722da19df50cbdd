package plimsoll.read;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.read.RunLine.Given;

/** Numbers as the client writes them: bytes, processors, durations. */
final class Quantities {
  private static final Pattern BYTES =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([kmgtp]?)(?:i?b)?");
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|µs|ms|s|m|h)");

  private Quantities() {}

  static RunLineException invalid(Given given, String why) {
    return new RunLineException(
        given.word(),
        "invalid argument \"" + given.value() + "\" for \"" + given.flag() + "\" flag: " + why);
  }

  /** A whole number. */
  static long whole(Given given) throws RunLineException {
    try {
      return Long.parseLong(given.value());
    } catch (NumberFormatException e) {
      throw invalid(given, "not a whole number");
    }
  }

  /** {@code 512m}, {@code 1.5g}, {@code 100}: units are powers of 1024. */
  static long bytes(Given given) throws RunLineException {
    return bytes(given, given.value());
  }

  static long bytes(Given given, String text) throws RunLineException {
    Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw invalid(given, "invalid size: '" + text + "'");
    }
    int power = " kmgtp".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    return new BigDecimal(matcher.group(1))
        .multiply(BigDecimal.valueOf(1L << (10 * power)))
        .longValue();
  }

  /** Billionths of a processor. */
  static long nanoCpus(Given given) throws RunLineException {
    try {
      return new BigDecimal(given.value()).movePointRight(9).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(given, "not a number of processors with at most nine decimals");
    }
  }

  /** Nanoseconds, of {@code 1m30s}. */
  static long nanoseconds(Given given) throws RunLineException {
    if (given.value().equals("0")) {
      return 0;
    }
    Matcher matcher = DURATION_PART.matcher(given.value());
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      long unit =
          switch (matcher.group(2)) {
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "ns" -> 1L;
            default -> 1_000L;
          };
      sum = sum.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = matcher.end();
    }
    if (end == 0 || end != given.value().length()) {
      throw invalid(given, "not a duration such as 1m30s");
    }
    return sum.longValue();
  }
}
