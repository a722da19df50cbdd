package plimsoll.dockerfile;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plimsoll.dockerfile.Instruction.Flag;
import plimsoll.dockerfile.Instruction.Here;
import plimsoll.model.Build;
import plimsoll.model.ImageReference;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;
import plimsoll.wire.SecretFiles;

/** What {@code COPY} and {@code ADD} put into an image. */
final class Copies {
  private static final Pattern FETCHED = Pattern.compile("(?i)(https?|ftp)://.*");
  private static final Pattern GIT =
      Pattern.compile("(?i)(git@|git://|ssh://).*|https?://[^#?]*\\.git(#.*)?");
  private static final Pattern COMMIT = Pattern.compile(".*#[0-9a-f]{40}([0-9a-f]{24})?(:.*)?");

  private static final Pattern ARCHIVE =
      Pattern.compile("(?i).*\\.(tar|tar\\.[a-z0-9]+|tgz|txz|tbz2?|tzst|tlz|gz|xz|bz2|zst)");

  private final Facts facts;
  private final Words words;
  private final Unknowns unknowns;

  Copies(Facts facts, Words words, Unknowns unknowns) {
    this.facts = facts;
    this.words = words;
    this.unknowns = unknowns;
  }

  /**
   * Takes an instruction.
   *
   * @param expand puts in what variables hold
   * @param stages names and numbers of the stages so far
   */
  void read(Instruction instruction, UnaryOperator<Fragment> expand, Set<String> stages) {
    Flag from = instruction.flag("from").orElse(null);
    if (from != null) {
      String image = expand.apply(from.value()).text();
      // A bare name may be a context that the build is given.
      if (!stages.contains(image.toLowerCase(Locale.ROOT)) && image.matches(".*[/:@].*")) {
        facts.base(
            ImageReference.parse(unknowns.shown(image)),
            instruction.keyword(),
            from.start(),
            Unknowns.isIn(image)
                ? "the image " + unknowns.shown(image) + " is known only when it is built"
                : null);
      }
    }
    List<Fragment> json = Words.json(instruction.rest());
    List<Fragment> parts = json == null ? words.split(instruction.rest()) : json;
    Flag chmod = instruction.flag("chmod").orElse(null);
    String setuid = chmod == null ? null : Modes.setuid(expand.apply(chmod.value()).text());
    boolean add = instruction.is("ADD");
    for (int i = 0; i < parts.size() - 1; i++) {
      String source = json == null ? expand.apply(parts.get(i)).text() : parts.get(i).text();
      if (source.startsWith("<<")) {
        continue;
      }
      String shown = unknowns.shown(source);
      boolean remote = FETCHED.matcher(source).matches() || GIT.matcher(source).matches();
      boolean verified =
          instruction.flag("checksum").isPresent()
              || (GIT.matcher(source).matches() && COMMIT.matcher(source).matches());
      facts.copy(
          new Build.Copy(
              withoutPassword(shown),
              from == null && !remote && SecretFiles.isName(source) ? shown : null,
              add && remote && !verified ? withoutPassword(shown) : null,
              add && from == null && !remote && !isUnpacked(source) ? shown : null,
              setuid),
          instruction.keyword(),
          parts.get(i).at(0),
          chmod == null ? 0 : chmod.start());
    }
    sudoers(instruction, parts);
  }

  private static boolean isUnpacked(String source) {
    return ARCHIVE.matcher(source).matches() || Unknowns.isIn(source) || source.contains("*");
  }

  private static String withoutPassword(String address) {
    return address.replaceFirst("^([a-zA-Z]+://)[^/@\\s]*:[^/@\\s]*@", "$1***@");
  }

  private void sudoers(Instruction instruction, List<Fragment> parts) {
    @Nullable Fragment target = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (target == null || !target.text().contains("sudoers")) {
      return;
    }
    for (Here here : instruction.heres()) {
      int at = here.body().text().indexOf("NOPASSWD");
      if (at >= 0) {
        facts.command(
            new Build.Command(
                instruction.keyword(), null, null, null, null, Modes.line(here.body().text(), at)),
            here.body().at(at));
      }
    }
  }
}
