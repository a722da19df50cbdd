package plimsoll.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import plimsoll.read.Word;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Problem;

/** A file of the repository, and where its lines begin. */
public final class SourceFile {
  private final String path;
  private final String text;
  private final int[] starts;

  /** Files that this one takes in, by the offset at which they are taken to begin. */
  private final NavigableMap<Integer, SourceFile> parts = new TreeMap<>();

  /**
   * A file.
   *
   * @param path relative to the working directory, with slashes
   */
  public SourceFile(String path, String text) {
    this.path = path;
    this.text = Unknowns.clean(text);
    int[] found = new int[16];
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (count == found.length) {
        found = Arrays.copyOf(found, count * 2);
      }
      found[count++] = i + 1;
    }
    this.starts = Arrays.copyOf(found, count);
  }

  /** The text of a file, without the mark of byte order that editors on Windows begin it with. */
  static String text(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The path, relative to the working directory. */
  public String path() {
    return path;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** The text as a fragment. */
  Fragment whole() {
    return Fragment.of(text);
  }

  /** The line of an offset, counted from 1. */
  public int line(int offset) {
    int at = Arrays.binarySearch(starts, offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The column of an offset, counted from 1. */
  public int column(int offset) {
    return offset - starts[line(offset) - 1] + 1;
  }

  /** The offset of a line's column; both are counted from 1. */
  public int offset(int line, int column) {
    int start = starts[Math.max(0, Math.min(line, starts.length) - 1)];
    return Math.min(start + Math.max(1, column) - 1, text.length());
  }

  /** How many lines there are. */
  public int lines() {
    return starts.length;
  }

  /** A line's text without its end; empty for one there is not. */
  public String lineText(int line) {
    if (line < 1 || line > starts.length) {
      return "";
    }
    int end = line < starts.length ? starts[line] - 1 : text.length();
    String found = text.substring(starts[line - 1], end);
    return found.endsWith("\r") ? found.substring(0, found.length() - 1) : found;
  }

  /** Takes another file in; the text as a fragment, whose offsets are behind all others here. */
  Fragment takeIn(SourceFile other) {
    for (Map.Entry<Integer, SourceFile> part : parts.entrySet()) {
      if (part.getValue().path.equals(other.path)) {
        return Fragment.of(part.getValue().text, part.getKey());
      }
    }
    Map.Entry<Integer, SourceFile> last = parts.lastEntry();
    int base = 1 + (last == null ? text.length() : last.getKey() + last.getValue().text.length());
    parts.put(base, other);
    return Fragment.of(other.text, base);
  }

  /** The files that were taken in. */
  Collection<SourceFile> takenIn() {
    return parts.values();
  }

  /** Whether an offset is in this file itself. */
  boolean isHere(int offset) {
    return offset <= text.length();
  }

  /** A word at an offset, which may be in a file that was taken in. */
  Word word(String wordText, int offset) {
    Map.Entry<Integer, SourceFile> part = parts.floorEntry(offset);
    if (part == null) {
      return new Word(wordText, line(offset), column(offset));
    }
    SourceFile other = part.getValue();
    int there = offset - part.getKey();
    return new Word(wordText, other.line(there), other.column(there), other.path);
  }

  /** A mistake at an offset. */
  Problem problem(int offset, String message) {
    return new Problem(path, line(offset), column(offset), message);
  }

  /** The mistake that makes it no JSON. */
  public Problem notJson(JsonProcessingException e) {
    return new Problem(
        path,
        Math.max(1, e.getLocation().getLineNr()),
        Math.max(1, e.getLocation().getColumnNr()),
        "not JSON: " + e.getOriginalMessage());
  }
}
