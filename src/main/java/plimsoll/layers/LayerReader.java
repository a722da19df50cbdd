package plimsoll.layers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import plimsoll.archive.TarReader;
import plimsoll.model.Capabilities;
import plimsoll.model.Mount;
import plimsoll.wire.SecretFiles;

/** Reads the layers of one image. */
final class LayerReader {
  /** As many files as an image may have: several times those of the largest in use. */
  private static final int MAX_ENTRIES = 2_000_000;

  /** {@code struct vfs_cap_data} of {@code linux/capability.h}, as tar keeps it. */
  private static final String FILE_CAPABILITIES = "SCHILY.xattr.security.capability";

  private static final int SETUID = 04000;
  private static final int SETGID = 02000;
  private static final int RUNS_FOR_GROUP = 00010;
  private static final int RUNS = 00111;

  private int entries;

  /**
   * Reads a layer.
   *
   * @param uncompressed a tar archive
   */
  Layer read(InputStream uncompressed) throws IOException, BadArchiveException {
    Layer layer = new Layer();
    TarReader tar = new TarReader(uncompressed);
    for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
      if (++entries > MAX_ENTRIES) {
        throw new BadArchiveException("the image has more than " + MAX_ENTRIES + " files");
      }
      String path = Mount.clean("/" + entry.getName());
      if (!layer.whiteout(path)) {
        // A second name of a program need not say itself what that one gains.
        String linked =
            entry.isLink() ? layer.privileged().get(Mount.clean("/" + entry.getLinkName())) : null;
        layer.at(path, entry.isDirectory());
        if (linked != null) {
          layer.privileged(path, linked);
        } else if (isFile(entry)) {
          file(layer, entry, path, tar.content());
        }
      }
    }
    return layer;
  }

  private static boolean isFile(TarArchiveEntry entry) {
    return entry.isLink()
        || !(entry.isDirectory()
            || entry.isSymbolicLink()
            || entry.isCharacterDevice()
            || entry.isBlockDevice()
            || entry.isFIFO());
  }

  private static void file(Layer layer, TarArchiveEntry entry, String path, InputStream content)
      throws IOException, BadArchiveException {
    String gains = gains(entry);
    if (gains != null) {
      layer.privileged(path, gains);
    }
    if (!entry.isLink() && entry.getSize() <= SecretFiles.MAX_BYTES) {
      String holds = SecretFiles.holds(path, content.readNBytes(SecretFiles.MAX_BYTES));
      if (holds != null) {
        layer.secret(path, holds);
      }
    }
  }

  /** What a program gains when it is run; null for nothing. */
  private static @Nullable String gains(TarArchiveEntry entry) {
    int mode = entry.getMode();
    if ((mode & RUNS) == 0) {
      return null;
    }
    List<String> gains = new ArrayList<>();
    if ((mode & SETUID) != 0) {
      gains.add("setuid " + (entry.getLongUserId() == 0 ? "root" : entry.getLongUserId()));
    }
    if ((mode & SETGID) != 0 && (mode & RUNS_FOR_GROUP) != 0) {
      gains.add("setgid " + (entry.getLongGroupId() == 0 ? "root" : entry.getLongGroupId()));
    }
    String capabilities = entry.getExtraPaxHeader(FILE_CAPABILITIES);
    if (capabilities != null) {
      String names = capabilities(capabilities);
      if (!names.isEmpty()) {
        gains.add(names);
      }
    }
    return gains.isEmpty() ? null : String.join(" and ", gains);
  }

  /** The library reads extended headers as text, in which not all bytes survive. */
  private static String capabilities(String attribute) {
    byte[] bytes = attribute.getBytes(StandardCharsets.ISO_8859_1);
    if (attribute.chars().anyMatch(c -> c > 0x7f) || bytes.length < 12) {
      return "capabilities";
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long permitted = fields.getInt(4) & 0xffffffffL;
    if (bytes.length >= 20) {
      permitted |= (long) fields.getInt(12) << 32;
    }
    List<String> names = new ArrayList<>();
    Capabilities.fromMask(Long.toHexString(permitted))
        .forEach(name -> names.add("cap_" + name.toLowerCase(Locale.ROOT)));
    return String.join(" ", names);
  }
}
