package plimsoll.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.engine.Examples.Surroundings;
import plimsoll.finding.Verdict;
import plimsoll.read.RunFlag;
import plimsoll.read.RunLineException;
import plimsoll.read.RunReader.Described;
import plimsoll.rule.Rule;

/**
 * The run flags that decide most about how a container is confined: for each, a use that takes
 * confinement away, and the rule that must say so, where {@code docker run alpine} would pass it or
 * fail it for another reason.
 */
class DangerousFlagsTest {
  private static final Map<RunFlag, List<String>> JUDGED =
      Map.ofEntries(
          Map.entry(
              RunFlag.ANNOTATION, List.of("--annotation run.oci.x=1", "container-annotation")),
          Map.entry(
              RunFlag.CAP_ADD, List.of("--cap-add SYS_ADMIN", "container-dangerous-capability")),
          Map.entry(
              RunFlag.CAP_DROP, List.of("--cap-drop KILL", "container-capabilities-not-dropped")),
          Map.entry(RunFlag.CGROUP_PARENT, List.of("--cgroup-parent /", "container-cgroup-parent")),
          Map.entry(RunFlag.CGROUPNS, List.of("--cgroupns host", "container-host-cgroupns")),
          Map.entry(RunFlag.DEVICE, List.of("--device /dev/sda", "container-raw-device")),
          Map.entry(
              RunFlag.DEVICE_CGROUP_RULE,
              List.of("--device-cgroup-rule 'a *:* rwm'", "container-device-cgroup-rule")),
          Map.entry(RunFlag.GPUS, List.of("--gpus all", "container-host-device")),
          Map.entry(RunFlag.GROUP_ADD, List.of("--group-add 0", "container-group-add")),
          Map.entry(RunFlag.IPC, List.of("--ipc host", "container-host-ipc")),
          Map.entry(RunFlag.MEMORY, List.of("--memory 0", "container-no-memory-limit")),
          Map.entry(
              RunFlag.MEMORY_SWAP, List.of("-m 64m --memory-swap -1", "container-memory-swap")),
          Map.entry(
              RunFlag.MOUNT,
              List.of("--mount type=bind,src=/etc,dst=/e", "container-sensitive-mount")),
          Map.entry(RunFlag.NET, List.of("--net host", "container-host-network")),
          Map.entry(RunFlag.NETWORK, List.of("--network host", "container-host-network")),
          Map.entry(
              RunFlag.OOM_KILL_DISABLE, List.of("--oom-kill-disable", "container-oom-protection")),
          Map.entry(RunFlag.PID, List.of("--pid host", "container-host-pid")),
          Map.entry(RunFlag.PIDS_LIMIT, List.of("--pids-limit -1", "container-no-pids-limit")),
          Map.entry(RunFlag.PRIVILEGED, List.of("--privileged", "container-privileged")),
          Map.entry(RunFlag.READ_ONLY, List.of("--read-only=false", "container-writable-root")),
          Map.entry(RunFlag.RUNTIME, List.of("--runtime odd", "container-runtime")),
          Map.entry(
              RunFlag.SECURITY_OPT,
              List.of("--security-opt seccomp=unconfined", "container-seccomp-unconfined")),
          Map.entry(RunFlag.USE_API_SOCKET, List.of("--use-api-socket", "container-engine-socket")),
          Map.entry(RunFlag.USER, List.of("--user +0", "container-root-user")),
          Map.entry(RunFlag.USERNS, List.of("--userns host", "container-host-userns")),
          Map.entry(RunFlag.VOLUME, List.of("-v /:/host", "container-sensitive-mount")),
          Map.entry(RunFlag.VOLUMES_FROM, List.of("--volumes-from x", "container-volumes-from")));

  static Iterable<RunFlag> flags() {
    return new TreeSet<>(JUDGED.keySet());
  }

  @ParameterizedTest
  @MethodSource("flags")
  void isJudgedByARule(RunFlag flag) throws RunLineException {
    List<String> judged = JUDGED.getOrDefault(flag, List.of());
    Described described = Examples.described("docker run " + judged.get(0) + " alpine");
    assertThat(
            Examples.judge(described.container(), described.volumes(), Surroundings.NONE)
                .get(judged.get(1)))
        .satisfies(judgement -> assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL));
  }

  /** Flags of some weight whose uses no rule judges, with the reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("add-host", "names are the container's own; where they lead is not known"),
          Map.entry("cpu-rt-period", "the kernel bounds real-time shares for the whole host"),
          Map.entry("cpu-rt-runtime", "the kernel bounds real-time shares for the whole host"),
          Map.entry("disable-content-trust", "says how the image is had, not how it is confined"),
          Map.entry("entrypoint", "what runs is not judged, only what it may do"),
          Map.entry("env-file", "read as --env"),
          Map.entry("link", "shows which containers know each other, on a network judged itself"),
          Map.entry("link-local-ip", "an address inside the container's own network"),
          Map.entry("net-alias", "a name inside the container's own network"),
          Map.entry("network-alias", "a name inside the container's own network"),
          Map.entry("pull", "says how the image is had, not how it is confined"),
          Map.entry("volume-driver", "what a driver does is up to the host that has it"));

  @Test
  void exceptionsAreFlagsThatNoExampleUses() {
    Set<String> used =
        Examples.containerRules().stream()
            .map(Rule::examples)
            .flatMap(examples -> examples.bad().stream())
            .collect(Collectors.toSet());
    for (String flag : EXCEPTIONS.keySet()) {
      assertThat(RunFlag.values()).extracting(RunFlag::longName).contains(flag);
      assertThat(used).noneMatch(line -> line.contains("--" + flag + " "));
    }
  }
}
