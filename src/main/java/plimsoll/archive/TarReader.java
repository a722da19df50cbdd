package plimsoll.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive, entry by entry as it comes. The library keeps long names and extended headers in
 * memory whatever their size, so that these are limited here.
 */
public final class TarReader {
  private static final int MAX_HEADERS = 1 << 20;

  private final Counted counted;
  private final TarArchiveInputStream tar;

  /** Reads an archive as large as it may be. */
  public TarReader(InputStream in) {
    this(in, Long.MAX_VALUE);
  }

  /**
   * Reads an archive.
   *
   * @param most bytes that it may have, headers and all; more are an IOException
   */
  public TarReader(InputStream in, long most) {
    counted = new Counted(in, most);
    tar = new TarArchiveInputStream(counted, "UTF-8");
  }

  /** The next entry, whatever was left of the one before skipped; null at the end. */
  public @Nullable TarArchiveEntry next() throws IOException {
    if (tar.getCurrentEntry() != null) {
      tar.transferTo(OutputStream.nullOutputStream());
    }
    counted.left = MAX_HEADERS;
    try {
      return tar.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new IOException("a header is not as tar has it", e);
    } finally {
      counted.left = Long.MAX_VALUE;
    }
  }

  /** The entry's bytes; reading is up to its end. */
  public InputStream content() {
    return tar;
  }

  private static final class Counted extends FilterInputStream {
    private long left = Long.MAX_VALUE;
    private final long most;
    private long all;

    Counted(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0 && length > 0) {
        throw new IOException("the headers of one entry are larger than 1 MiB");
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      count(Math.max(count, 0));
      return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
      long skipped = in.skip(Math.min(wanted, left));
      left -= skipped;
      count(skipped);
      return skipped;
    }

    private void count(long bytes) throws IOException {
      all += bytes;
      if (all > most) {
        throw new IOException("it unpacks to more than " + (most >> 20) + " MiB");
      }
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
