package plimsoll.collect;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plimsoll.collect.EngineCollector.Found;
import plimsoll.collect.EngineFiles.Wanted;
import plimsoll.model.Engine;
import plimsoll.model.Host;
import plimsoll.model.HostFile;
import plimsoll.model.Origin;
import plimsoll.model.Provenance;

/**
 * What of an engine lies on the host it runs on: its files, its data, the group that commands it.
 */
final class AroundEngine {
  private static final String ELSEWHERE =
      "the engine is not on this host: run Plimsoll there, on its Unix socket";

  private final HostFiles files;
  private final @Nullable Engine engine;
  private final @Nullable DaemonProcess daemon;
  private final Map<String, String> runtimes;
  private final EngineFiles wanted;
  private @Nullable List<Wanted> places;

  /**
   * Around an engine.
   *
   * @param found what it said; null where none answered, when its usual places are looked at
   */
  AroundEngine(HostFiles files, @Nullable Found found) {
    this.files = files;
    this.engine = found == null ? null : found.engine().facts();
    this.daemon = found == null ? null : found.process();
    this.runtimes = found == null ? Map.of() : found.runtimes();
    this.wanted = new EngineFiles(files, daemon);
  }

  /** Where the files are; looked up once. */
  private List<Wanted> places() {
    List<Wanted> known = places;
    if (known == null) {
      known = wanted.find(engine, runtimes);
      places = known;
    }
    return known;
  }

  private boolean elsewhere() {
    return engine != null && !engine.local();
  }

  @Nullable List<HostFile> files(Provenance provenance) {
    if (elsewhere()) {
      provenance.gap("/files", ELSEWHERE);
      return null;
    }
    HostCommands commands = files.commands();
    return new FileFacts(
            files,
            commands,
            AuditRules.read(files, commands),
            wanted.user(),
            wanted.group(),
            provenance)
        .read(places());
  }

  /** The group the engine gives its socket to; an engine without root gives it to nobody. */
  Host.@Nullable Group group(Provenance provenance) {
    provenance.origin("/engineGroup", Origin.host("/etc/group"));
    if (elsewhere()) {
      provenance.gap("/engineGroup", ELSEWHERE);
      return null;
    }
    if (wanted.user() != 0) {
      return null;
    }
    try {
      return new EngineGroup(files).read(wanted.socketGroup());
    } catch (IOException e) {
      provenance.gap("/engineGroup", HostFiles.reason(e));
      return null;
    }
  }

  /** The programs that containers are run by. */
  @Nullable List<Host.Component> components(Provenance provenance) {
    if (engine == null) {
      provenance.gap("/components", "no engine says what it runs containers by");
      return null;
    }
    return new Components(files, elsewhere() ? List.of() : places()).read(engine, provenance);
  }

  /** Engines beside this one. */
  @Nullable List<String> otherEngines(Provenance provenance) {
    if (elsewhere()) {
      provenance.gap("/otherEngines", ELSEWHERE);
      return null;
    }
    provenance.origin("/otherEngines", Origin.kernel("/proc/PID/comm", null));
    try {
      return new OtherEngines(files, engine, daemon).find();
    } catch (IOException e) {
      provenance.gap("/otherEngines", HostFiles.reason(e));
      return null;
    }
  }

  Host.@Nullable DataRoot dataRoot(Provenance provenance) {
    provenance.origin("/dataRoot", Origin.kernel("/proc/self/mountinfo", null));
    String root = engine == null ? null : engine.platform().rootDirectory();
    if (elsewhere() || root == null) {
      provenance.gap(
          "/dataRoot", elsewhere() ? ELSEWHERE : "no engine says where it keeps its data");
      return null;
    }
    try {
      MountTable mounts = MountTable.read(files, "self");
      MountTable.Entry holding = mounts.holding(files.realPath(root));
      MountTable.Entry system = mounts.holding("/");
      if (holding == null || system == null) {
        provenance.gap("/dataRoot", "the mount table does not say where " + root + " lies");
        return null;
      }
      // An engine may mount its folder onto itself: what counts is which file system that is.
      return new Host.DataRoot(root, holding.point(), !holding.device().equals(system.device()));
    } catch (IOException e) {
      provenance.gap("/dataRoot", HostFiles.reason(e));
      return null;
    }
  }
}
