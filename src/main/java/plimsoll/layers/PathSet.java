package plimsoll.layers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The paths of a layer, as eight bytes each: an image may have millions. They are salted, so that
 * nobody can make a file whose path passes for another's.
 */
final class PathSet {
  private static final byte[] SALT = new SecureRandom().generateSeed(16);

  private final MessageDigest digest;
  private long[] hashes = new long[64];
  private int size;
  private boolean sorted = true;

  PathSet() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has it.
    }
  }

  void add(char kind, String path) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size++] = hash(kind, path);
    sorted = false;
  }

  boolean contains(char kind, String path) {
    if (!sorted) {
      Arrays.sort(hashes, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(hashes, 0, size, hash(kind, path)) >= 0;
  }

  private long hash(char kind, String path) {
    digest.update(SALT);
    digest.update((byte) kind);
    byte[] hash = digest.digest(path.getBytes(StandardCharsets.UTF_8));
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = (first << 8) | (hash[i] & 0xff);
    }
    return first;
  }
}
