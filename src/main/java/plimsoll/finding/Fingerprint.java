package plimsoll.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import plimsoll.finding.Evidence;
import plimsoll.finding.Subject;
import plimsoll.finding.ViewName;
import plimsoll.rule.Rule;

/**
 * The same for as long as rule, subject and failing values are: a hash over the rule's id, the
 * subject's key and the values. Process ids, container ids, and the places of elements in their
 * lists are left out.
 */
public final class Fingerprint {
  private static final Pattern INDEX = Pattern.compile("/[0-9]+(?=/|$)");

  /** To look one up takes longer than to use it. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Fingerprint::sha256);

  private Fingerprint() {}

  /** Of what fails for these reasons. */
  public static String of(Rule rule, Subject subject, List<Evidence> evidence) {
    boolean asked = evidence.stream().anyMatch(e -> e.view() == ViewName.REQUESTED);
    List<String> values =
        evidence.stream()
            .filter(e -> !asked || e.view() == ViewName.REQUESTED)
            .map(e -> INDEX.matcher(e.path()).replaceAll("/*") + "=" + e.actual())
            .distinct()
            .sorted()
            .toList();
    String text = rule.id() + "\n" + subject.key() + "\n" + String.join("\n", values);
    byte[] hash = SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
