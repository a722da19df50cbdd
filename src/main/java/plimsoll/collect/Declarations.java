package plimsoll.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;
import plimsoll.wire.Json;

/**
 * What a daemon was told: its command line, then its configuration file, then its defaults. What
 * only the process can tell is unknown where the process was not found.
 */
final class Declarations {
  private final @Nullable DaemonProcess process;
  private final String whyNoProcess;
  private final Provenance provenance;

  /**
   * Of a daemon.
   *
   * @param process what it was told; null where it was not found
   * @param whyNoProcess why it was not found
   */
  Declarations(@Nullable DaemonProcess process, String whyNoProcess, Provenance provenance) {
    this.process = process;
    this.whyNoProcess = whyNoProcess;
    this.provenance = provenance;
  }

  /** A value that was set, and where. */
  record Declared<T>(T value, Origin origin) {}

  /** Why what it was told may not be what is in force; null where nothing speaks against it. */
  @Nullable String trouble() {
    return process == null ? whyNoProcess : process.configTrouble();
  }

  /**
   * What the engine reports to be in force, explained by where it was set; unknown where the engine
   * is silent.
   */
  @Nullable Boolean inForce(
      String pointer, String key, @Nullable Boolean reported, String reportedBy) {
    Declared<Boolean> declared = declaredTruth(key);
    if (reported == null) {
      if (declared == null) {
        provenance.gap(pointer, "the engine does not report " + reportedBy);
        return null;
      }
      provenance.origin(pointer, declared.origin());
      return declared.value();
    }
    boolean explained = declared != null && declared.value().equals(reported);
    boolean byDefault = declared == null && process != null && process.configTrouble() == null;
    provenance.origin(
        pointer,
        explained && declared != null
            ? declared.origin()
            : byDefault ? Origin.byDefault(key) : Origin.info(reportedBy));
    return reported;
  }

  @Nullable Boolean declaredOr(String pointer, String key, boolean otherwise) {
    Declared<Boolean> declared = declaredTruth(key);
    if (declared != null) {
      provenance.origin(pointer, declared.origin());
      return declared.value();
    }
    return unlessUnknown(pointer, key, otherwise);
  }

  /** The default of a setting that nobody declared, where all who could have were asked. */
  <T> @Nullable T unlessUnknown(String pointer, String key, T otherwise) {
    String trouble = trouble();
    if (trouble != null) {
      provenance.gap(pointer, trouble);
      return null;
    }
    provenance.origin(pointer, Origin.byDefault(key));
    return otherwise;
  }

  @Nullable Declared<Boolean> declaredTruth(String key) {
    return declared(key, Declarations::truth);
  }

  /** A switch's value as Go reads it. */
  static boolean truth(String value) {
    return !Set.of("0", "f", "F", "false", "FALSE", "False").contains(value);
  }

  /**
   * A setting's value on the command line, else in the file if that is in force; null where it is
   * in neither.
   */
  <T> @Nullable Declared<T> declared(String key, Function<String, T> convert) {
    DaemonProcess daemon = process;
    if (daemon == null) {
      return null;
    }
    String flag = daemon.flags().last(key);
    if (flag != null) {
      return new Declared<>(convert.apply(flag), Origin.commandLine("--" + key));
    }
    JsonNode value = daemon.config().path(key);
    if (value.isValueNode() && !value.isNull() && daemon.configTrouble() == null) {
      return new Declared<>(convert.apply(value.asText()), fromFile(daemon, key));
    }
    return null;
  }

  List<Declared<String>> declaredList(String flag, String key) {
    List<Declared<String>> all = new ArrayList<>();
    DaemonProcess daemon = process;
    if (daemon != null) {
      for (String value : daemon.flags().all(flag)) {
        all.add(new Declared<>(value, Origin.commandLine("--" + flag)));
      }
      if (daemon.configTrouble() == null) {
        for (String value : Json.texts(daemon.config().path(key))) {
          all.add(new Declared<>(value, fromFile(daemon, key)));
        }
      }
    }
    return all;
  }

  private static Origin fromFile(DaemonProcess daemon, String key) {
    String file = daemon.daemon().configFile();
    return Origin.configFile(file == null ? "daemon.json" : file, key);
  }

  /** The keys of a map in the file, and the names before {@code =} in a repeated flag. */
  List<Declared<String>> declaredNames(String flag, String key) {
    List<Declared<String>> all = new ArrayList<>();
    DaemonProcess daemon = process;
    if (daemon != null) {
      for (String value : daemon.flags().all(flag)) {
        all.add(new Declared<>(value.split("=", 2)[0], Origin.commandLine("--" + flag)));
      }
      if (daemon.configTrouble() == null) {
        for (Map.Entry<String, JsonNode> entry : daemon.config().path(key).properties()) {
          all.add(new Declared<>(entry.getKey(), fromFile(daemon, key)));
        }
      }
    }
    return all;
  }

  /** What a list was set to; empty where nobody set it and all who could have were asked. */
  List<String> values(String pointer, String key, List<Declared<String>> declared) {
    if (declared.isEmpty()) {
      unlessUnknown(pointer, key, key);
      return List.of();
    }
    provenance.origin(pointer, declared.get(0).origin());
    return declared.stream().map(Declared::value).toList();
  }
}
