package plimsoll.read;

import static java.util.Map.entry;
import static plimsoll.read.RunFlag.*;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import plimsoll.read.RunLine.Given;
import plimsoll.yaml.Problems;
import plimsoll.yaml.YamlMap;

/** A service of a compose file, key by key, as the run flags that mean the same. */
final class ComposeService {
  /** One value, whose text is the flag's. */
  private static final Map<String, RunFlag> VALUES =
      Map.ofEntries(
          entry("cgroup", CGROUPNS),
          entry("cgroup_parent", CGROUP_PARENT),
          entry("container_name", NAME),
          entry("cpu_count", CPU_COUNT),
          entry("cpu_percent", CPU_PERCENT),
          entry("cpu_period", CPU_PERIOD),
          entry("cpu_quota", CPU_QUOTA),
          entry("cpu_rt_period", CPU_RT_PERIOD),
          entry("cpu_rt_runtime", CPU_RT_RUNTIME),
          entry("cpu_shares", CPU_SHARES),
          entry("cpus", CPUS),
          entry("cpuset", CPUSET_CPUS),
          entry("domainname", DOMAINNAME),
          entry("hostname", HOSTNAME),
          entry("init", INIT),
          entry("ipc", IPC),
          entry("isolation", ISOLATION),
          entry("mac_address", MAC_ADDRESS),
          entry("mem_limit", MEMORY),
          entry("mem_reservation", MEMORY_RESERVATION),
          entry("mem_swappiness", MEMORY_SWAPPINESS),
          entry("memswap_limit", MEMORY_SWAP),
          // The first version's name.
          entry("net", NETWORK),
          entry("network_mode", NETWORK),
          entry("oom_kill_disable", OOM_KILL_DISABLE),
          entry("oom_score_adj", OOM_SCORE_ADJ),
          entry("pid", PID),
          entry("pids_limit", PIDS_LIMIT),
          entry("platform", PLATFORM),
          entry("privileged", PRIVILEGED),
          entry("read_only", READ_ONLY),
          entry("restart", RESTART),
          entry("runtime", RUNTIME),
          entry("shm_size", SHM_SIZE),
          entry("stdin_open", INTERACTIVE),
          entry("stop_signal", STOP_SIGNAL),
          entry("tty", TTY),
          entry("use_api_socket", USE_API_SOCKET),
          entry("user", USER),
          entry("userns_mode", USERNS),
          entry("uts", UTS),
          entry("working_dir", WORKDIR));

  /** Namespaces that another service may lend. */
  private static final List<RunFlag> SHARED = List.of(NETWORK, PID, IPC);

  /** One value or a list of them, each the flag's text. */
  private static final Map<String, RunFlag> LISTS =
      Map.ofEntries(
          entry("cap_add", CAP_ADD),
          entry("cap_drop", CAP_DROP),
          entry("device_cgroup_rules", DEVICE_CGROUP_RULE),
          entry("dns", DNS),
          entry("dns_opt", DNS_OPTION),
          entry("dns_search", DNS_SEARCH),
          entry("expose", EXPOSE),
          entry("external_links", LINK),
          entry("group_add", GROUP_ADD),
          entry("label_file", LABEL_FILE),
          entry("links", LINK),
          entry("security_opt", SECURITY_OPT),
          entry("tmpfs", TMPFS));

  /** {@code NAME=VALUE} entries, as a list or as a mapping. */
  private static final Map<String, RunFlag> KEYED =
      Map.of(
          "annotations", ANNOTATION,
          "environment", ENV,
          "labels", LABEL,
          "storage_opt", STORAGE_OPT,
          "sysctls", SYSCTL);

  private final YamlMap service;
  private final Map<String, String> files;
  private final Problems problems;
  private final ComposeFlags flags;
  private final ComposeAttachments attachments;

  /**
   * One of a file.
   *
   * @param files the host's files that secrets and configs are, by section and name
   */
  ComposeService(YamlMap service, Map<String, String> files, Problems problems) {
    this.service = service;
    this.files = files;
    this.problems = problems;
    this.flags = new ComposeFlags(problems);
    this.attachments = new ComposeAttachments(flags);
  }

  RunLine asRunLine(String name) {
    for (String key : service.names()) {
      Node value = service.get(key);
      if (value != null && !ComposeReader.isNothing(value)) {
        take(key, value);
      }
    }
    if (flags.all().stream().noneMatch(given -> given.flag() == NETWORK)) {
      flags.all().add(new Given(NETWORK, ComposeReader.PROJECT_NETWORK, Word.unwritten(name)));
    }
    Node image = service.get("image");
    Word named =
        image == null
            ? Word.unwritten(name)
            : ComposeReader.word(image, ComposeFlags.plain(YamlMap.text(image, problems)));
    return RunLine.of(flags.all(), named, words("command"));
  }

  private void take(String key, Node value) {
    RunFlag one = VALUES.get(key);
    RunFlag list = LISTS.get(key);
    RunFlag keyed = KEYED.get(key);
    if (one != null) {
      String text = flags.scalar(value);
      boolean ofService = text.startsWith("service:") && SHARED.contains(one);
      flags.add(
          one,
          ofService ? "container:" + text.substring("service:".length()) : text,
          service.key(key));
    } else if (list != null) {
      flags.each(value).forEach(node -> flags.add(list, flags.scalar(node), node));
    } else if (keyed != null) {
      flags.keyed(keyed, value);
    } else {
      switch (key) {
        case "env_file" -> envFiles(value);
        case "extra_hosts" -> extraHosts(value);
        case "volumes_from" -> flags.each(value).forEach(this::volumesFrom);
        case "ulimits" -> ulimits(flags.map(value));
        case "logging" -> logging(flags.map(value));
        case "healthcheck" -> healthCheck(flags.map(value));
        case "blkio_config" -> attachments.blockIo(flags.map(value));
        case "ports" -> flags.each(value).forEach(attachments::port);
        case "volumes" -> flags.each(value).forEach(attachments::volume);
        case "secrets", "configs" ->
            flags.each(value).forEach(file -> attachments.file(file, key, files));
        case "devices" -> flags.each(value).forEach(attachments::device);
        case "gpus" -> attachments.gpus(value);
        case "networks" -> attachments.networks(value);
        case "deploy" -> attachments.deploy(flags.map(value));
        case "entrypoint" -> {
          List<Word> words = words(key);
          flags.add(ENTRYPOINT, words.isEmpty() ? "" : words.get(0).text(), service.key(key));
        }
        case "stop_grace_period" ->
            flags.add(STOP_TIMEOUT, seconds(flags.scalar(value)), service.key(key));
        default -> {
          // The rest says how a service is built, ordered and scaled: nothing about confinement.
        }
      }
    }
  }

  /** A path, a list of paths, or a list of {@code path} and {@code required}. */
  private void envFiles(Node value) {
    for (Node node : flags.each(value)) {
      if (node instanceof MappingNode) {
        YamlMap map = flags.map(node);
        flags.add(ENV_FILE, ComposeFlags.plain(map.need("path")), map.key("path"));
      } else {
        flags.add(ENV_FILE, flags.scalar(node), node);
      }
    }
  }

  private void extraHosts(Node value) {
    if (value instanceof MappingNode) {
      YamlMap map = flags.map(value);
      map.names()
          .forEach(name ->
              flags.add(ADD_HOST, name + ":" + ComposeFlags.plain(map.need(name)), map.key(name)));
    } else {
      flags.each(value).forEach(node -> flags.add(ADD_HOST, flags.scalar(node), node));
    }
  }

  /** {@code SERVICE[:ro]} or {@code container:NAME[:ro]}. */
  private void volumesFrom(Node node) {
    String text = flags.scalar(node);
    flags.add(
        VOLUMES_FROM,
        text.startsWith("container:") ? text.substring("container:".length()) : text,
        node);
  }

  private void ulimits(YamlMap ulimits) {
    for (String name : ulimits.names()) {
      Node node = ulimits.get(name);
      if (node instanceof ScalarNode) {
        flags.add(ULIMIT, name + "=" + flags.scalar(node), ulimits.key(name));
      } else if (node != null) {
        YamlMap two = flags.map(node);
        flags.add(
            ULIMIT, name + "=" + two.need("soft") + ":" + two.need("hard"), ulimits.key(name));
      }
    }
  }

  private void logging(YamlMap logging) {
    Node driver = logging.get("driver");
    if (driver != null) {
      flags.add(LOG_DRIVER, flags.scalar(driver), logging.key("driver"));
    }
    Node options = logging.get("options");
    if (options != null && !ComposeReader.isNothing(options)) {
      flags.keyed(LOG_OPT, options);
    }
  }

  private void healthCheck(YamlMap check) {
    Node disable = check.get("disable");
    if (disable != null && flags.scalar(disable).equals("true")) {
      flags.add(NO_HEALTHCHECK, "true", check.key("disable"));
      return;
    }
    Node test = check.get("test");
    if (test != null) {
      List<String> words = flags.each(test).stream().map(flags::scalar).toList();
      if (words.equals(List.of("NONE"))) {
        flags.add(NO_HEALTHCHECK, "true", check.key("test"));
        return;
      }
      boolean form = test instanceof SequenceNode && !words.isEmpty();
      flags.add(
          HEALTH_CMD,
          String.join(" ", form ? words.subList(1, words.size()) : words),
          check.key("test"));
    }
    for (var option :
        Map.of(
                "interval", HEALTH_INTERVAL,
                "timeout", HEALTH_TIMEOUT,
                "retries", HEALTH_RETRIES,
                "start_period", HEALTH_START_PERIOD,
                "start_interval", HEALTH_START_INTERVAL)
            .entrySet()) {
      Node node = check.get(option.getKey());
      if (node != null) {
        flags.add(option.getValue(), flags.scalar(node), check.key(option.getKey()));
      }
    }
  }

  /** A command as a list of words, or as one text that is split like a shell would. */
  private List<Word> words(String key) {
    Node value = service.get(key);
    if (value == null || ComposeReader.isNothing(value)) {
      return List.of();
    }
    if (value instanceof SequenceNode) {
      return flags.each(value).stream()
          .map(node -> ComposeReader.word(node, flags.scalar(node)))
          .toList();
    }
    try {
      return Word.split(flags.scalar(value)).stream()
          .map(word -> ComposeReader.word(value, word.text()))
          .toList();
    } catch (IllegalArgumentException e) {
      problems.add(value, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** Whole seconds of a duration such as {@code 1m30s}. */
  private static String seconds(String duration) {
    long seconds = 0;
    var part = java.util.regex.Pattern.compile("([0-9]{1,9})(h|m|s)").matcher(duration);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      seconds += number * Map.of("h", 3600L, "m", 60L, "s", 1L).getOrDefault(part.group(2), 1L);
    }
    return Long.toString(seconds);
  }
}
