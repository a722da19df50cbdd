package plimsoll.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.finding.Subject;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Engine;
import plimsoll.model.Gap;
import plimsoll.model.Host;
import plimsoll.model.Identity;
import plimsoll.model.Image;
import plimsoll.model.Origin;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.rule.SubjectKind;

/** What of a snapshot rules judge. */
final class Subjects {
  /** What an image's maker did, as opposed to what an image is where nobody says. */
  private static final Map<String, Origin> MADE =
      Map.of("/built", Origin.inspect("History"), "/files", Origin.inspect("RootFS.Layers"));

  private final Snapshot snapshot;

  Subjects(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * One of them.
   *
   * @param view what was requested, or all there is of it; null where it was not looked at
   * @param unseen why it was not
   * @param container the container that it is; null for others
   */
  record Item(
      Subject subject, @Nullable View<?> view, String unseen, @Nullable Container container) {
    /** One that is no container. */
    Item(Subject subject, @Nullable View<?> view, String unseen) {
      this(subject, view, unseen, null);
    }

    /** What the kernel does to the container; null for others, and where it was not seen. */
    @Nullable View<Confinement> enforced() {
      return container == null ? null : container.enforced();
    }
  }

  /** All of a kind. */
  List<Item> of(SubjectKind kind) {
    return switch (kind) {
      case CONTAINER ->
          snapshot.containers().stream()
              .map(one -> new Item(subject(one.identity()), one.requested(), "", one))
              .toList();
      case ENGINE -> {
        View<Engine> engine = snapshot.engine();
        String name = engine == null ? "engine" : engine.facts().endpoint();
        yield List.of(
            new Item(new Subject(kind, name, null, "engine"), engine, reasonFor("/engine")));
      }
      case HOST -> {
        View<Host> host = snapshot.host();
        String name = host == null ? null : host.facts().name();
        yield List.of(
            new Item(
                new Subject(kind, name == null ? "host" : name, null, "host"),
                host,
                reasonFor("/host")));
      }
      case IMAGE ->
          snapshot.images().stream()
              .map(image -> new Item(subject(image), view(image), ""))
              .toList();
      case NETWORK ->
          snapshot.networks().stream()
              .map(network -> new Item(named(kind, network.name()), plain(network), ""))
              .toList();
      case VOLUME ->
          snapshot.volumes().stream()
              .map(volume -> new Item(named(kind, volume.name()), plain(volume), ""))
              .toList();
      // No host has one: files and repositories do.
      case BUILD, POLICY -> List.of();
    };
  }

  private static Subject subject(Identity identity) {
    return new Subject(SubjectKind.CONTAINER, identity.name(), identity.id(), identity.key());
  }

  private static Subject subject(Image image) {
    String name = image.tags().isEmpty() ? image.id() : image.tags().get(0);
    return new Subject(SubjectKind.IMAGE, name, image.id(), "image " + name);
  }

  private static Subject named(SubjectKind kind, String name) {
    return new Subject(kind, name, null, kind + " " + name);
  }

  private static View<?> plain(Record facts) {
    return new View<>(facts, Map.of(), List.of());
  }

  /**
   * Nobody has to look at the files of images, which takes its time: that is no gap of the host.
   */
  private View<Image> view(Image image) {
    String pointer = "/images/" + image.id() + "/";
    String unseen = "its files were not looked at: audit --image-files does";
    List<Gap> gaps = new ArrayList<>();
    for (Gap gap : snapshot.gaps()) {
      if (gap.path().equals(pointer + "files")) {
        unseen = gap.reason();
      } else if (gap.path().startsWith(pointer)) {
        gaps.add(new Gap(gap.path().substring(pointer.length() - 1), gap.reason()));
      }
    }
    if (image.files() == null) {
      // Not of /files itself: that there are none to be judged is known.
      gaps.add(new Gap("/files/privileged", unseen));
      gaps.add(new Gap("/files/secrets", unseen));
    }
    return new View<>(image, MADE, gaps);
  }

  private String reasonFor(String pointer) {
    return snapshot.gaps().stream()
        .filter(gap -> gap.covers(pointer))
        .map(Gap::reason)
        .findFirst()
        .orElse("it was not looked at");
  }
}
