package plimsoll.layers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar archive, made in memory. */
final class Tar {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

  Tar() {
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  Tar file(String path, int mode, String content) {
    return file(path, mode, content.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Tar file(String path, int mode, byte[] content, Map<String, String> headers) {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setMode(0100000 | mode);
    entry.setSize(content.length);
    headers.forEach(entry::addPaxHeader);
    return put(entry, content);
  }

  Tar folder(String path) {
    return put(new TarArchiveEntry(path + "/"), new byte[0]);
  }

  Tar symbolicLink(String path, String target) {
    return link(path, target, TarConstants.LF_SYMLINK);
  }

  Tar hardLink(String path, String target) {
    return link(path, target, TarConstants.LF_LINK);
  }

  private Tar link(String path, String target, byte kind) {
    TarArchiveEntry entry = new TarArchiveEntry(path, kind);
    entry.setLinkName(target);
    return put(entry, new byte[0]);
  }

  private Tar put(TarArchiveEntry entry, byte[] content) {
    try {
      out.putArchiveEntry(entry);
      out.write(content);
      out.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    try {
      out.finish();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
