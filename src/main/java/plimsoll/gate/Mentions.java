package plimsoll.gate;

import java.util.regex.Pattern;

/** Whether it is worth looking closer. */
final class Mentions {
  private static final Pattern CLIENT =
      Pattern.compile("(?i)docker|podman|nerdctl|container|engine|oci|compose");
  private static final Pattern TAKES_IN = Pattern.compile("(?m)^[ \\t]*(?:source|\\.)[ \\t]+\\S");
  private static final Pattern INCLUDES = Pattern.compile("(?m)^ *(?:-|s)?include[ \\t]+\\S");
  private static final Pattern VERB =
      Pattern.compile("[rR]un|create|inside|args|options|services:");

  private Mentions() {}

  /** Whether a script takes in another one, in which a function may run a container. */
  static boolean takesIn(String text) {
    return TAKES_IN.matcher(text).find();
  }

  /** Whether a makefile takes in another one, which may say what its variables are. */
  static boolean includes(String text) {
    return INCLUDES.matcher(text).find();
  }

  /** Whether a text could run a container engine's client, or write what it is given. */
  static boolean client(String text) {
    return CLIENT.matcher(text).find() && VERB.matcher(text).find();
  }
}
