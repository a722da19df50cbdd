package plimsoll.layers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import plimsoll.archive.TarReader;
import plimsoll.model.ImageFiles;
import plimsoll.model.ImageFiles.Privileged;
import plimsoll.model.ImageFiles.Secret;
import plimsoll.model.Mount;
import plimsoll.wire.Json;

/**
 * An image as {@code docker save} writes it: a tar archive of layers and of a manifest that says in
 * which order they lie. It is read once, as it comes, and nothing of it is kept but what was found.
 */
public final class ImageArchive {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MANIFEST = "/manifest.json";
  private static final int MAX_MANIFEST = 16 << 20;
  private static final int MAX_PARTS = 10_000;
  private static final int PEEK = 512;

  /** What all layers of an image may come to when they are unpacked. */
  private static final long MAX_BYTES = 256L << 30;

  private final LayerReader reader = new LayerReader();
  private final Map<String, Layer> layers = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Map<String, String> unreadable = new HashMap<>();
  private long left = MAX_BYTES;
  private @Nullable JsonNode manifest;

  private ImageArchive() {}

  /**
   * Reads an image.
   *
   * @param tar to its end; it is left open
   * @throws BadArchiveException saying why what it holds cannot be told
   * @throws IOException if reading fails, or the archive is cut short
   */
  public static ImageFiles read(InputStream tar) throws IOException, BadArchiveException {
    ImageArchive archive = new ImageArchive();
    archive.take(new TarReader(tar));
    return archive.combined();
  }

  private void take(TarReader tar) throws IOException, BadArchiveException {
    int parts = 0;
    for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
      if (++parts > MAX_PARTS) {
        throw new BadArchiveException("the export has more than " + MAX_PARTS + " parts");
      }
      String name = Mount.clean("/" + entry.getName());
      if (entry.isSymbolicLink() || entry.isLink()) {
        String folder = entry.isLink() ? "" : name.substring(0, name.lastIndexOf('/'));
        links.put(name, Mount.clean(folder + "/" + entry.getLinkName()));
      } else if (name.equals(MANIFEST)) {
        byte[] bytes = tar.content().readNBytes(MAX_MANIFEST + 1);
        manifest = bytes.length > MAX_MANIFEST ? null : json(bytes);
      } else if (!entry.isDirectory()) {
        part(name, tar.content());
      }
    }
  }

  private static @Nullable JsonNode json(byte[] bytes) throws IOException {
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Layers have no name that tells them from configurations: their first bytes do. */
  private void part(String name, InputStream content) throws IOException, BadArchiveException {
    BufferedInputStream in = new BufferedInputStream(new Limited(content), 1 << 16);
    in.mark(PEEK);
    byte[] start = in.readNBytes(PEEK);
    in.reset();
    if (startsWith(start, 0x1f, 0x8b)) {
      layers.put(name, reader.read(new Limited(new GZIPInputStream(in, 1 << 16))));
    } else if (startsWith(start, 0x28, 0xb5, 0x2f, 0xfd)) {
      unreadable.put(name, "is compressed with zstd, which is not read");
    } else if (TarArchiveInputStream.matches(start, start.length) || isZero(start)) {
      layers.put(name, reader.read(in));
    }
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** The end of a tar archive, which is all that an empty one has. */
  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return block.length == PEEK;
  }

  private ImageFiles combined() throws BadArchiveException {
    if (manifest == null || !manifest.isArray() || manifest.isEmpty()) {
      throw new BadArchiveException("the export has no manifest.json that names its layers");
    }
    SortedMap<String, String> privileged = new TreeMap<>();
    SortedMap<String, Secret> secrets = new TreeMap<>();
    // One image for each platform it was exported for.
    for (JsonNode image : manifest) {
      List<Layer> bottomUp = new ArrayList<>();
      for (String name : Json.texts(image.path("Layers"))) {
        bottomUp.add(layer(Mount.clean("/" + name)));
      }
      privileged.putAll(privileged(bottomUp));
      secrets.putAll(secrets(bottomUp));
    }
    List<Privileged> programs = new ArrayList<>();
    privileged.forEach(
        (path, gains) -> programs.add(new Privileged(path, path + " (" + gains + ")")));
    return new ImageFiles(programs, List.copyOf(secrets.values()));
  }

  private Layer layer(String name) throws BadArchiveException {
    String linked = links.getOrDefault(name, name);
    Layer layer = layers.get(linked);
    if (layer == null) {
      throw new BadArchiveException(
          "the layer "
              + name.substring(1)
              + " "
              + unreadable.getOrDefault(linked, "is not in the engine's export"));
    }
    return layer;
  }

  /** Those of the finished image. */
  private static Map<String, String> privileged(List<Layer> bottomUp) {
    Map<String, String> found = new HashMap<>();
    for (Layer layer : bottomUp) {
      found.keySet().removeIf(layer::hides);
      found.putAll(layer.privileged());
    }
    return found;
  }

  /** Those of every layer. */
  private static Map<String, Secret> secrets(List<Layer> bottomUp) {
    Map<String, Secret> found = new HashMap<>();
    for (int i = 0; i < bottomUp.size(); i++) {
      List<Layer> above = bottomUp.subList(i + 1, bottomUp.size());
      bottomUp
          .get(i)
          .secrets()
          .forEach((path, what) -> {
            boolean deleted = above.stream().anyMatch(layer -> layer.hides(path));
            String where = deleted ? ", which a later layer deletes)" : ")";
            found.put(path, new Secret(path, path + " (" + what + where, deleted));
          });
    }
    return found;
  }

  /** Counts what is read of the whole image, compressed and not. */
  private final class Limited extends FilterInputStream {
    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      left -= Math.max(count, 0);
      if (left < 0) {
        throw new IOException("its layers are larger than " + (MAX_BYTES >> 30) + " GiB");
      }
      return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
      // Counted as it is read.
      return wanted <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(wanted, 1 << 16)]));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
