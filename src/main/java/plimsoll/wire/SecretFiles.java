package plimsoll.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which files hold keys and passwords: by name where there is no more, else by content. */
public final class SecretFiles {
  /** Larger files are not looked into: keys and credentials are short. */
  public static final int MAX_BYTES = 64 << 10;

  /** {@code PATH_MAX} of the kernel: nothing longer can be opened. */
  private static final int MAX_PATH = 4096;

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*/)?(\\.env(\\.(local|prod|production|staging|dev|development))?|id_(rsa|dsa|ecdsa|ed25519)"
              + "|[^/]*\\.(key|pfx|p12|kdbx|jks|keystore)|(key|privkey|private|[^/]*[-_]key|[^/]*[-_.]private)\\.pem"
              + "|\\.npmrc|\\.pypirc|[._]netrc|\\.git-credentials|\\.pgpass|\\.my\\.cnf|\\.vault-token"
              + "|\\.dockercfg|service[-_]?account[^/]*\\.json)"
              + "|(?i)(.*/)?(\\.aws/credentials|\\.docker/config\\.json|\\.kube/config|gcloud/[^/]*\\.json)");

  /** Where packages are, below which what is to test or to learn with is nobody's secret. */
  private static final List<String> PACKAGES = List.of("/usr/", "/opt/", "/go/pkg/", "/lib/");

  private static final Set<String> PACKAGE_FOLDERS =
      Set.of("node_modules", "site-packages", "dist-packages", "gems", "vendor");

  private static final Set<String> TO_LEARN_WITH =
      Set.of(
          "test",
          "tests",
          "testing",
          "testdata",
          "test-data",
          "fixture",
          "fixtures",
          "spec",
          "specs",
          "example",
          "examples",
          "sample",
          "samples",
          "doc",
          "docs",
          "demo",
          "demos");

  /** A key in the text encoding of RFC 7468 or of PGP, with some of it: a header alone is none. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "(?m)^-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----\\r?\\n"
              + "(?:[A-Za-z-]{1,40}: [^\\n]{0,200}\\n|\\r?\\n){0,10}[A-Za-z0-9+/=]{40}");

  private static final Pattern ENVIRONMENT = Pattern.compile("(?i).*/\\.env(\\.[a-z]+)?");

  /** What a file of a name has to hold to be called a secret. */
  private static final Map<Pattern, Map.Entry<String, Pattern>> BY_NAME = new LinkedHashMap<>();

  static {
    entry("\\.npmrc", "a password", "_(authToken|password|auth)\\s*=\\s*[^\\s$]");
    entry("\\.pypirc", "a password", "^[ \\t]*password\\s*[:=]\\s*\\S");
    entry("[._]netrc", "a password", "\\bpassword\\s+\\S");
    entry("\\.git-credentials", "a password", "://[^:/\\s]{0,200}:[^@\\s]{1,200}@");
    entry("\\.pgpass", "a password", "^[^#\\n]*:[^:\\n]*:[^:\\n]*:[^:\\n]*:[^\\s:*]");
    entry("\\.my\\.cnf", "a password", "^[ \\t]*password\\s*=\\s*\\S");
    entry("\\.vault-token", "a token", "\\S{8}");
    entry("\\.aws/credentials", "an AWS key", "^[ \\t]*aws_secret_access_key\\s*=\\s*\\S");
    entry(
        "(\\.docker/config\\.json|\\.dockercfg)",
        "a registry's password",
        "\"(auth|password|identitytoken|registrytoken)\"\\s*:\\s*\"[^\"]");
    entry(
        "\\.kube/config",
        "a cluster's credentials",
        "^[ \\t]*(client-key-data|token|password)\\s*:\\s*\\S");
    entry("[^/]*\\.json", "a service account's key", "\"private_key\"\\s*:\\s*\"-----BEGIN");
    entry("etc/g?shadow-?", "a password's hash", "^[^:\\n]+:\\$?[./A-Za-z0-9$,=]{13}");
  }

  private SecretFiles() {}

  private static void entry(String name, String what, String content) {
    BY_NAME.put(
        Pattern.compile("(?i)(.*/)?" + name), Map.entry(what, Pattern.compile("(?m)" + content)));
  }

  /** Whether files called so hold keys or passwords. */
  public static boolean isName(String path) {
    return NAME.matcher(path).matches();
  }

  /**
   * What secret a file holds, {@code a private key}; null for none.
   *
   * @param path where it lies in an image
   * @param content all of it
   */
  public static @Nullable String holds(String path, byte[] content) {
    if (path.length() > MAX_PATH || isBroughtAlong(path)) {
      return null;
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (text.contains("PRIVATE KEY") && PRIVATE_KEY.matcher(text).find()) {
      return text.contains("ENCRYPTED") ? "a private key, encrypted" : "a private key";
    }
    if (isKeyStore(content)) {
      return "a keystore with a private key";
    }
    for (var entry : BY_NAME.entrySet()) {
      if (entry.getKey().matcher(path).matches()
          && entry.getValue().getValue().matcher(text).find()) {
        return entry.getValue().getKey();
      }
    }
    return ENVIRONMENT.matcher(path).matches() ? inEnvironment(text) : null;
  }

  private static boolean isBroughtAlong(String path) {
    boolean ofPackage = PACKAGES.stream().anyMatch(path::startsWith);
    String[] names = path.toLowerCase(Locale.ROOT).split("/");
    for (int i = 0; i < names.length - 1; i++) {
      if (ofPackage && TO_LEARN_WITH.contains(names[i])) {
        return true;
      }
      ofPackage |= PACKAGE_FOLDERS.contains(names[i]);
    }
    return false;
  }

  /** Java's own format: a magic number, a version, a count; 1 begins a key, 2 a certificate. */
  private static boolean isKeyStore(byte[] content) {
    return content.length > 16
        && (content[0] & 0xff) == 0xfe
        && (content[1] & 0xff) == 0xed
        && (content[2] & 0xff) == 0xfe
        && (content[3] & 0xff) == 0xed
        && content[15] == 1;
  }

  private static @Nullable String inEnvironment(String text) {
    for (String line : text.split("\n", 2000)) {
      String assignment = line.strip().replaceFirst("^export\\s+", "");
      int equals = assignment.indexOf('=');
      if (equals > 0 && !assignment.startsWith("#")) {
        String value = assignment.substring(equals + 1).strip().replaceAll("^[\"']|[\"']$", "");
        String name = assignment.substring(0, equals).strip();
        String suspicion = Secrets.suspicion(name, value);
        if (suspicion != null) {
          return suspicion.equals("by its name") ? name : suspicion;
        }
      }
    }
    return null;
  }
}
