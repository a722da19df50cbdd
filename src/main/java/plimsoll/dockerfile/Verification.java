package plimsoll.dockerfile;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.shell.Arg;

/** Ways to tell a program not to verify what it fetches, as each program's manual has them. */
final class Verification {
  /** Flags that do, by the programs that take them. */
  private static final Map<Pattern, Pattern> FLAGS =
      Map.ofEntries(
          entry("wget", "--no-check-certificate"),
          entry(
              "apt|apt-get|aptitude",
              "--allow-unauthenticated|--force-yes|--allow-insecure-repositories"),
          entry("apk", "--allow-untrusted"),
          entry(
              "yum|dnf|dnf5|microdnf|tdnf",
              "--no-?gpg-?checks?|--setopt=(.*\\.)?(sslverify|gpgcheck)=(0|false)"),
          entry("zypper", "--no-gpg-checks"),
          entry("rpm", "--nosignature|--nodigest|--nogpg"),
          entry("pip[0-9.]*|python[0-9.]*|uv", "--trusted-host(=.*)?|--allow-insecure-host(=.*)?"),
          entry("npm|yarn|pnpm", "--strict-ssl=false|--no-strict-ssl"));

  private static final Pattern CURL = Pattern.compile("--insecure|--proxy-insecure|-[a-zA-Z#]*k.*");

  /** Of curl, the letters that take a value: what follows them in a word is that. */
  private static final String CURL_VALUES = "AbcCDdeEFhHKmoPQrtTuUwxXyYz";

  /** Settings that do, as two words or as one with an equals sign. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)(?<![\\w.])(http\\.([^ ]*\\.)?sslverify[ =]\"?(false|0|no|off)\"?"
              + "|strict-ssl[ =]\"?false\"?"
              + "|ssl_verify[ =](false|no)"
              + "|(global\\.)?trusted-host[ =]\\S+"
              + "|secure-http[ =]false"
              + "|APT::Get::AllowUnauthenticated[ =]\"?(true|1)\"?"
              + "|Acquire::AllowInsecureRepositories[ =]\"?(true|1)\"?"
              + "|Acquire::https?::(.*::)?Verify-(Peer|Host)[ =]\"?(false|0)\"?)");

  /** The same in the environment. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(GIT_SSL_NO_VERIFY=[\"']?(1|true|yes)|NODE_TLS_REJECT_UNAUTHORIZED=[\"']?0"
              + "|PYTHONHTTPSVERIFY=[\"']?0|(npm_config|NPM_CONFIG)_(strict_ssl|STRICT_SSL)=[\"']?false"
              + "|PIP_TRUSTED_HOST=[\"']?[^\\s\"']+|CURL_INSECURE=[\"']?1)[\"']?");

  /** The same in a list of repositories. */
  private static final Pattern REPOSITORY =
      Pattern.compile("(?i)\\[[^\\]]*\\btrusted=yes\\b[^\\]]*]|(?<![_a-z])gpgcheck ?= ?0");

  private Verification() {}

  private static Map.Entry<Pattern, Pattern> entry(String programs, String flags) {
    return Map.entry(Pattern.compile(programs), Pattern.compile(flags));
  }

  /** A word, or two, and where it begins. */
  record Off(String text, int offset) {}

  /** How a command switches it off; null where it does not. */
  static @Nullable Off of(List<Arg> words) {
    String program = words.get(0).base();
    List<Arg> rest = words.subList(1, words.size());
    if (RunCommands.LOOKS.matcher(program).matches()) {
      return null;
    }
    for (Arg word : rest) {
      boolean off =
          program.equals("curl")
              ? curl(word.text())
              : FLAGS.entrySet().stream()
                  .anyMatch(entry ->
                      entry.getKey().matcher(program).matches()
                          && entry.getValue().matcher(word.text()).matches());
      if (off) {
        return new Off(word.text(), word.start());
      }
      Matcher repository = REPOSITORY.matcher(word.text());
      if (repository.find()) {
        return new Off(repository.group(), word.start());
      }
    }
    for (int i = 0; i < rest.size(); i++) {
      String two = rest.get(i).text() + (i + 1 < rest.size() ? " " + rest.get(i + 1).text() : "");
      Matcher setting = SETTING.matcher(two);
      if (setting.find() && setting.start() <= rest.get(i).text().length()) {
        return new Off(setting.group(), rest.get(i).fragment().at(setting.start()));
      }
    }
    return null;
  }

  private static boolean curl(String word) {
    if (!CURL.matcher(word).matches()) {
      return false;
    }
    for (int i = 1; !word.startsWith("--") && word.charAt(i) != 'k'; i++) {
      if (CURL_VALUES.indexOf(word.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** {@code NAME=VALUE} if it does; null otherwise. */
  static @Nullable String setting(String assignment) {
    return VARIABLE.matcher(assignment).matches() ? assignment : null;
  }

  /** Where in a script variables are set that do. */
  static Matcher variables(String script) {
    return Pattern.compile("(?<![\\w-])" + VARIABLE.pattern()).matcher(script);
  }
}
