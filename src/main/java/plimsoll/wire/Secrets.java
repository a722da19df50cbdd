package plimsoll.wire;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Variable;

/** Tells which environment variables hold something that ought to be secret. */
public final class Secrets {
  private Secrets() {}

  /** What a value looks like wherever it stands; formats as their issuers document them. */
  private static final Map<String, Pattern> SHAPES =
      Map.of(
          "a private key",
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY"),
          "an AWS access key",
          Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
          "a GitHub token",
          Pattern.compile("\\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})"),
          "a GitLab token",
          Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20}"),
          "a Slack token",
          Pattern.compile("\\bxox[abprs]-[A-Za-z0-9-]{10}"),
          "a Stripe key",
          Pattern.compile("\\b[rs]k_live_[A-Za-z0-9]{16}"),
          "a Google API key",
          Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}"),
          "a JSON Web Token",
          Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\."),
          "a password in a URL",
          Pattern.compile("\\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^/\\s:@]{0,100}:[^/\\s@$]{1,200}@"));

  /** Names that say so themselves; {@code PWD} alone is the working directory. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*_)?(password|passwd|passphrase|pass|pwd|secret|token|api_?key|access_?key"
              + "|secret_?key|private_?key|encryption_?key|signing_?key|master_?key|auth_?key"
              + "|credentials?)[0-9]?|.*(password|passwd|passphrase)");

  /**
   * Values that keep nothing secret: none, a switch, a small number, a path to the real thing, what
   * somebody is to replace ({@code <your-token>}).
   */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i)|true|false|yes|no|on|off|none|null|[0-9]{1,4}|/.*|file:.*|\\$\\{?\\w+}?"
              + "|<.*>|your[-_ ].*|x{3,}|\\*+|\\.{3}");

  static Variable variable(String name, String value) {
    String suspicion = suspicion(name, value);
    return new Variable(name, suspicion == null ? null : name + " (" + suspicion + ")");
  }

  /** The hashes of passwords that proxies are told in labels (crypt(5), htpasswd). */
  private static final Pattern HASH = Pattern.compile("\\$(apr1|1|2[abxy]|5|6|y)\\$");

  /** The value of a label, or {@code ***} where that looks like a secret. */
  static String label(String name, String value) {
    boolean secret =
        HASH.matcher(value).find()
            || suspicion(name.substring(name.lastIndexOf('.') + 1), value) != null;
    return secret ? "***" : value;
  }

  /** Whether a variable's name says that its value is a secret. */
  public static boolean isName(String name) {
    return !name.equalsIgnoreCase("PWD")
        && !name.equalsIgnoreCase("OLDPWD")
        && NAME.matcher(name).matches();
  }

  /** What says that a variable holds a secret: {@code by its name}; null for nothing. */
  public static @Nullable String suspicion(String name, String value) {
    String start = value.length() > 10_000 ? value.substring(0, 10_000) : value;
    for (var shape : SHAPES.entrySet()) {
      if (shape.getValue().matcher(start).find()) {
        return shape.getKey();
      }
    }
    return isName(name) && !HARMLESS.matcher(start).matches() ? "by its name" : null;
  }
}
