package plimsoll.finding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.rule.Rule;

/**
 * The same for as long as rule, subject and failing values are: a hash over the rule's id, the
 * subject's key and the values. Process ids, container ids, and the places of elements in their
 * lists are left out. It is worked out when somebody asks for it: of most findings nobody does.
 */
public final class Fingerprint {
  private static final Pattern INDEX = Pattern.compile("/[0-9]+(?=/|$)");

  /** To look one up takes longer than to use it. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Fingerprint::sha256);

  private final String rule;
  private final String subject;
  private final List<Evidence> evidence;
  private @Nullable String text;

  private Fingerprint(String rule, String subject, List<Evidence> evidence, @Nullable String text) {
    this.rule = rule;
    this.subject = subject;
    this.evidence = evidence;
    this.text = text;
  }

  /** Of what fails for these reasons. */
  public static Fingerprint of(Rule rule, Subject subject, List<Evidence> evidence) {
    return new Fingerprint(rule.id(), subject.key(), List.copyOf(evidence), null);
  }

  /** One that a report gives. */
  public static Fingerprint given(String text) {
    return new Fingerprint("", "", List.of(), text);
  }

  /** 32 hexadecimal digits, or what a report gave. */
  public String text() {
    String known = text;
    if (known == null) {
      // Two threads may do so at once; both find the same.
      known = hash();
      text = known;
    }
    return known;
  }

  private String hash() {
    boolean asked = evidence.stream().anyMatch(e -> e.view() == ViewName.REQUESTED);
    List<String> values =
        evidence.stream()
            .filter(e -> !asked || e.view() == ViewName.REQUESTED)
            .map(e -> INDEX.matcher(e.path()).replaceAll("/*") + "=" + e.actual())
            .distinct()
            .sorted()
            .toList();
    String whole = rule + "\n" + subject + "\n" + String.join("\n", values);
    byte[] hash = SHA_256.get().digest(whole.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint fingerprint && text().equals(fingerprint.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
