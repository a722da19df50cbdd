package plimsoll.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Build;
import plimsoll.model.Gap;
import plimsoll.model.ImageReference;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.wire.Secrets;

/** Facts about a build as they are found, each with the place that says so. */
public final class Facts {
  private final Places places;
  private final Map<String, Origin> origins = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final List<ImageReference> bases = new ArrayList<>();
  private final List<Build.Setting> variables = new ArrayList<>();
  private final List<Build.Copy> copies = new ArrayList<>();
  private final List<Build.Command> commands = new ArrayList<>();
  private final List<Build.Grant> grants = new ArrayList<>();
  private final List<Build.Ports> ports = new ArrayList<>();
  private @Nullable String user;
  private @Nullable Boolean healthCheck;

  /** Tells where an offset is. */
  public interface Places {
    /**
     * Where a value came from.
     *
     * @param offset in the file
     * @param field the instruction or key
     */
    Origin at(int offset, String field);
  }

  /** None yet. */
  public Facts(Places places) {
    this.places = places;
  }

  void user(@Nullable String name, int offset) {
    user = name;
    origins.put("/user", name == null ? Origin.assumed("USER") : places.at(offset, "USER"));
  }

  void healthCheck(@Nullable Boolean has, int offset) {
    healthCheck = has;
    origins.put(
        "/healthCheck",
        has == null ? Origin.assumed("HEALTHCHECK") : places.at(offset, "HEALTHCHECK"));
  }

  /** What is not known. */
  public void gap(String pointer, String why) {
    gaps.add(new Gap(pointer, why));
  }

  /**
   * An image that it is made from.
   *
   * @param open what is known of it only when it is built; null for nothing
   */
  void base(ImageReference image, String field, int offset, @Nullable String open) {
    String pointer = "/bases/" + bases.size();
    if (open != null) {
      gap(pointer, open);
    }
    origins.put(pointer, places.at(offset, field));
    bases.add(image);
  }

  /**
   * An argument of the build, which counts if it is, or by its name is to be, a secret.
   *
   * @param value null for one that is known only when it is built
   */
  public void argument(String name, @Nullable String value, Origin origin) {
    boolean open = value == null || value.isEmpty();
    String secret = value == null ? null : Secrets.suspicion(name, value);
    boolean wants = secret == null && open && Secrets.isName(name);
    if (secret != null || wants) {
      variable(
          new Build.Setting(
              name, secret == null ? null : name + " (" + secret + ")", wants ? name : null),
          origin);
    }
  }

  void argument(String name, @Nullable String value, int offset) {
    argument(name, value, places.at(offset, "ARG"));
  }

  /** A variable of the image that holds a secret. */
  void secret(String name, String why, int offset) {
    variable(new Build.Setting(name, name + " (" + why + ")", null), places.at(offset, "ENV"));
  }

  private void variable(Build.Setting variable, Origin origin) {
    origins.put("/variables/" + variables.size(), origin);
    variables.add(variable);
  }

  void copy(Build.Copy copy, String field, int offset, int modeOffset) {
    String pointer = "/copies/" + copies.size();
    origins.put(pointer, places.at(offset, field));
    if (copy.setuid() != null) {
      origins.put(pointer + "/setuid", places.at(modeOffset, field));
    }
    copies.add(copy);
  }

  /** A command; the same one, looked at again with other values of variables, is no other. */
  void command(Build.Command command, int offset) {
    if (seen.add(command + "@" + offset)) {
      origins.put("/commands/" + commands.size(), places.at(offset, "RUN"));
      commands.add(command);
    }
  }

  /** Something that the build is allowed to do, and who allows it. */
  public void grant(String name, Origin origin) {
    origins.put("/grants/" + grants.size(), origin);
    grants.add(new Build.Grant(name));
  }

  void grant(String name, String field, int offset) {
    grant(name, places.at(offset, field));
  }

  void ports(Build.Ports range, int offset) {
    origins.put("/ports/" + ports.size(), places.at(offset, "EXPOSE"));
    ports.add(range);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return origins.isEmpty();
  }

  /** All of them. */
  public View<Build> view() {
    return new View<>(
        new Build(user, healthCheck, bases, variables, copies, commands, grants, ports),
        origins,
        gaps);
  }
}
