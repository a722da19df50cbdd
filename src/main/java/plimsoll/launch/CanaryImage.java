package plimsoll.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The root of an image with one program, which does nothing and does not end: it waits for a
 * signal. It is made here, for there is no image that every host has.
 */
final class CanaryImage {
  static final String PROGRAM = "/canary";

  private static final long AT = 0x400000;
  private static final int HEAD = 64 + 56;

  private CanaryImage() {}

  /**
   * The archive, ready for {@code docker import}.
   *
   * @param architecture as the engine calls it: {@code amd64}, {@code arm64}
   * @param users names that must exist in it
   * @param groups names that must exist in it
   * @return empty where there is no program for the architecture
   */
  static Optional<byte[]> archive(
      String architecture, Collection<String> users, Collection<String> groups) {
    return program(architecture).map(program -> archive(program, users, groups));
  }

  private static byte[] archive(
      byte[] program, Collection<String> users, Collection<String> groups) {
    StringBuilder passwd = new StringBuilder("root:x:0:0:::\n");
    users.forEach(user -> passwd.append(user).append(":x:65533:65533:::\n"));
    StringBuilder group = new StringBuilder("root:x:0:\n");
    groups.forEach(name -> group.append(name).append(":x:65533:\n"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      add(tar, PROGRAM.substring(1), 0755, program);
      add(tar, "etc/passwd", 0644, passwd.toString().getBytes(StandardCharsets.UTF_8));
      add(tar, "etc/group", 0644, group.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, int mode, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(content.length);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static Optional<byte[]> program(String architecture) {
    return switch (architecture) {
      // again: mov eax, 34 (pause); syscall; jmp again
      case "amd64" -> Optional.of(elf(62, bytes(0xb8, 0x22, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7)));
      // again: x0..x4 = 0; x8 = 73 (ppoll); svc; b again
      case "arm64" ->
          Optional.of(
              elf(
                  183,
                  words(
                      0xd2800000,
                      0xd2800001,
                      0xd2800002,
                      0xd2800003,
                      0xd2800004,
                      0xd2800928,
                      0xd4000001,
                      0x17fffff9)));
      default -> Optional.empty();
    };
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] words(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  /** A static executable of one segment (elf(5)). */
  private static byte[] elf(int machine, byte[] code) {
    ByteBuffer file = ByteBuffer.allocate(HEAD + code.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(bytes(0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    file.putShort((short) 2).putShort((short) machine).putInt(1);
    file.putLong(AT + HEAD).putLong(64).putLong(0).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 1);
    file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    file.putInt(1).putInt(5).putLong(0).putLong(AT).putLong(AT);
    file.putLong(HEAD + code.length).putLong(HEAD + code.length).putLong(0x1000);
    file.put(code);
    return file.array();
  }
}
