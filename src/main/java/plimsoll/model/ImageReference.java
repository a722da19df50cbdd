package plimsoll.model;

import org.jspecify.annotations.Nullable;

/**
 * What a container names as its image.
 *
 * @param name registry and repository, {@code example.org/team/app}; {@code ""} where only an id
 *     was given
 * @param tag the tag; null where none was written
 * @param digest the content's digest, {@code sha256:…}, or an image id, which is one as well; null
 *     where none was written
 * @param current whether the name still leads to the image that the container is made of; null
 *     where that was not looked at
 */
public record ImageReference(
    String name, @Nullable String tag, @Nullable String digest, @Nullable Boolean current) {

  /** Takes {@code NAME[:TAG][@DIGEST]} or an image id apart. */
  public static ImageReference parse(String text) {
    if (text.matches("(sha256:)?[0-9a-f]{64}")) {
      return new ImageReference(
          "", null, text.startsWith("sha256:") ? text : "sha256:" + text, null);
    }
    int at = text.indexOf('@');
    String digest = at < 0 ? null : text.substring(at + 1);
    String rest = at < 0 ? text : text.substring(0, at);
    // A colon before a slash belongs to the registry's port.
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    return new ImageReference(
        colon < 0 ? rest : rest.substring(0, colon),
        colon < 0 ? null : rest.substring(colon + 1),
        digest,
        null);
  }

  /** The same, knowing whether it still leads to the same image. */
  public ImageReference withCurrent(boolean newCurrent) {
    return new ImageReference(name, tag, digest, newCurrent);
  }

  @Override
  public String toString() {
    return name
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : (name.isEmpty() ? "" : "@") + digest);
  }
}
