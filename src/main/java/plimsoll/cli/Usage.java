package plimsoll.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import plimsoll.engine.Scope;
import plimsoll.rule.Severity;

/** What is wrong with a command line: exit 2. */
final class Usage {
  private Usage() {}

  /**
   * An error.
   *
   * @param spec the command's, which picocli fills in
   */
  static ParameterException error(@Nullable CommandSpec spec, String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return new ParameterException(spec.commandLine(), message);
  }

  /** What {@code --only} and {@code --skip} come to. */
  static Scope scope(@Nullable CommandSpec spec, List<String> only, List<String> skip) {
    try {
      return new Scope(
          only.stream().map(Scope.Term::parse).toList(),
          skip.stream().map(Scope.Term::parse).toList());
    } catch (IllegalArgumentException e) {
      throw error(spec, "--only, --skip: " + e.getMessage());
    }
  }

  /** The value of {@code --fail-on}; null where it was not given. */
  static @Nullable Severity failOn(@Nullable CommandSpec spec, @Nullable String name) {
    if (name == null) {
      return null;
    }
    return Severity.named(name)
        .orElseThrow(() ->
            error(spec, "--fail-on: " + name + " is none of critical, high, medium, low, info"));
  }
}
