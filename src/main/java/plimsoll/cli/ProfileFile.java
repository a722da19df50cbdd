package plimsoll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.model.Suggestion;
import plimsoll.profile.BadProfileException;
import plimsoll.profile.Profile;
import plimsoll.profile.ProfileReader;
import plimsoll.report.Plain;

/** Profiles by name or file. */
final class ProfileFile {
  private static final int MAX_DEPTH = 10;

  private final List<String> open = new ArrayList<>();

  private ProfileFile() {}

  /**
   * A profile.
   *
   * @param name one that comes with Plimsoll, or a file
   */
  static Profile find(String name) throws UnusableException {
    return new ProfileFile().find(name, Path.of(""));
  }

  private Profile find(String name, Path beside) throws UnusableException {
    boolean ours = Profile.NAMES.contains(name);
    Path file = beside.resolve(name);
    String key = ours ? name : file.toAbsolutePath().normalize().toString();
    if (open.contains(key) || open.size() >= MAX_DEPTH) {
      throw new UnusableException(
          "the profile " + name + " extends itself, by way of " + String.join(", ", open));
    }
    if (!ours && !Files.exists(file)) {
      throw new UnusableException(
          "there is neither a profile nor a file "
              + name
              + Suggestion.nearest(name, Profile.NAMES)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; there are " + String.join(", ", Profile.NAMES)));
    }
    String text = ours ? builtIn(name) : SmallFile.trusted(file, "profile", Trust.OWNERS);
    String shown = Plain.line(ours ? "profiles/" + name + ".yaml" : file.toString());
    Path folder = ours || file.getParent() == null ? Path.of("") : file.getParent();
    open.add(key);
    try {
      return ProfileReader.read(
          name,
          shown,
          text,
          parent -> {
            try {
              return find(parent, folder);
            } catch (UnusableException e) {
              throw new IOException(e.getMessage(), e);
            }
          });
    } catch (BadProfileException e) {
      throw new UnusableException(
          "there are mistakes in the profile:\n"
              + Mistakes.explained(e.problems(), Map.of(shown, text)).strip());
    } finally {
      open.remove(key);
    }
  }

  private static String builtIn(String name) {
    try (InputStream in =
        ProfileFile.class.getResourceAsStream("/plimsoll/profiles/" + name + ".yaml")) {
      if (in == null) {
        throw new IOException("the profile " + name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
