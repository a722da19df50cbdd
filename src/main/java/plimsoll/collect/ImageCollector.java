package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plimsoll.client.EngineClient.Answering;
import plimsoll.client.EngineException;
import plimsoll.collect.Asking.Answer;
import plimsoll.dockerfile.HistoryReader;
import plimsoll.layers.BadArchiveException;
import plimsoll.layers.ImageArchive;
import plimsoll.model.Container;
import plimsoll.model.Image;
import plimsoll.model.ImageFiles;
import plimsoll.wire.ImageReader;
import plimsoll.wire.ImageReader.Inspected;

/** The images an engine holds. */
final class ImageCollector {
  /** An export takes the engine as long as copying the image does. */
  private static final int PATIENCE = 30;

  private final Asking asking;

  ImageCollector(Asking asking) {
    this.asking = asking;
  }

  /** All of them, by id. */
  Map<String, Inspected> images() {
    SortedSet<String> ids = new TreeSet<>();
    for (JsonNode image : asking.orGap("/images/json", "/images")) {
      ids.add(image.path("Id").asText());
    }
    Map<String, Inspected> images = new HashMap<>();
    for (Answer answer : asking.each(ids, id -> "/images/" + id + "/json")) {
      answer.keep(
          "/images/" + answer.id(), json -> images.put(answer.id(), ImageReader.read(json)));
    }
    for (Answer answer :
        asking.each(List.copyOf(images.keySet()), id -> "/images/" + id + "/history")) {
      answer.keep(
          "/images/" + answer.id() + "/built",
          json ->
              images.computeIfPresent(
                  answer.id(),
                  (id, image) -> image.withBuilt(HistoryReader.read(ImageReader.history(json)))));
    }
    return images;
  }

  /** With how many containers are made of each. */
  static List<Image> counted(List<Image> images, List<Container> containers) {
    Map<String, Integer> counts = new HashMap<>();
    for (Container container : containers) {
      String image = container.identity().imageId();
      if (image != null) {
        counts.merge(image, 1, Integer::sum);
      }
    }
    return images.stream()
        .map(image -> image.withContainers(counts.getOrDefault(image.id(), 0)))
        .toList();
  }

  /**
   * With what their files are. One after the other: for each, the engine makes a copy on its disk.
   *
   * @param free bytes that the engine's disk has left; null where that is not known
   */
  List<Image> withFiles(
      List<Image> images,
      Map<String, Inspected> inspected,
      @Nullable Long free,
      Consumer<String> progress) {
    List<Image> seen = new ArrayList<>();
    for (Image image : images) {
      String name = image.tags().isEmpty() ? image.id() : image.tags().get(0);
      progress.accept(
          "reading the files of image " + (seen.size() + 1) + " of " + images.size() + ", " + name);
      Inspected known = inspected.get(image.id());
      long size = known == null ? 0 : known.size();
      String pointer = "/images/" + image.id() + "/files";
      if (free != null && size > free / 2) {
        asking.gap(
            pointer,
            String.format(
                "to export %.1f GB the engine copies them, and its disk has %.1f GB left",
                size / 1e9, free / 1e9));
        seen.add(image);
      } else {
        ImageFiles files = files(image.id(), pointer);
        seen.add(files == null ? image : image.withFiles(files));
      }
    }
    return seen;
  }

  private @Nullable ImageFiles files(String id, String pointer) {
    try (Answering export =
        asking.client().stream(
            "/images/" + id + "/get", asking.client().deadline().multipliedBy(PATIENCE))) {
      return ImageArchive.read(export.body());
    } catch (EngineException e) {
      if (e.notFound()) {
        asking.gap(pointer, "removed while the audit was looking at it");
      } else {
        asking.failed(pointer, "its files cannot be read: " + e.getMessage());
      }
    } catch (IOException e) {
      asking.failed(pointer, "its files cannot be read: " + e.getMessage());
    } catch (BadArchiveException e) {
      asking.gap(pointer, "its files cannot be read: " + e.getMessage());
    }
    return null;
  }
}
