package plimsoll.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import plimsoll.read.Word;
import plimsoll.shell.Fragment;
import plimsoll.shell.Unknowns;
import plimsoll.yaml.Problem;

/** A file of the repository, and where its lines begin. */
public final class SourceFile {
  private final String path;
  private final String text;
  private final int[] starts;

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

  Word word(String wordText, int offset) {
    return new Word(wordText, line(offset), column(offset));
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
