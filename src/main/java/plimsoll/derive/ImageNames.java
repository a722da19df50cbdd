package plimsoll.derive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Image;
import plimsoll.model.ImageReference;
import plimsoll.model.Origin;
import plimsoll.model.View;

/** Whether the name a container was started by still leads to the image it is made of. */
final class ImageNames {
  private final Map<String, String> ids = new HashMap<>();

  ImageNames(List<Image> images) {
    for (Image image : images) {
      image.tags().forEach(tag -> ids.put(tag, image.id()));
    }
  }

  Container fill(Container container) {
    View<Confinement> requested = container.requested();
    ImageReference reference = requested.facts().image();
    String made = container.identity().imageId();
    String named = reference == null ? null : named(reference);
    if (reference == null || made == null || named == null) {
      return container;
    }
    Map<String, Origin> origins = new TreeMap<>();
    origins.put("/image/current", Origin.inspect("Image"));
    return container.withRequested(
        requested.with(
            requested.facts().withImage(reference.withCurrent(named.equals(made))), origins));
  }

  /** The image that a name leads to now; null where it leads to none here, or cannot change. */
  private @Nullable String named(ImageReference reference) {
    if (reference.digest() != null) {
      return null;
    }
    return ids.get(reference.name() + ":" + (reference.tag() == null ? "latest" : reference.tag()));
  }
}
