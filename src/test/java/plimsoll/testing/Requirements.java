package plimsoll.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether tests that need more than a JDK can run. */
abstract class Requirements implements ExecutionCondition {
  private final String insist;
  private final boolean root;
  private final List<String> programs;
  private final String packages;

  private Requirements(String insist, boolean root, List<String> programs, String packages) {
    this.insist = insist;
    this.root = root;
    this.programs = programs;
    this.packages = packages;
  }

  static final class Engine extends Requirements {
    Engine() {
      super(
          "PLIMSOLL_REQUIRE_ENGINE",
          true,
          List.of("dockerd", "docker", "busybox", "unshare", "iptables"),
          "docker.io iptables busybox-static");
    }
  }

  static final class V2 extends Requirements {
    V2() {
      super(
          "PLIMSOLL_REQUIRE_V2HOST",
          true,
          List.of("qemu-system-x86_64", "debootstrap", "mkfs.ext4"),
          "qemu-system-x86 debootstrap e2fsprogs");
    }
  }

  static final class Browser extends Requirements {
    Browser() {
      super(
          "PLIMSOLL_REQUIRE_BROWSER",
          false,
          List.of("chromium", "chromedriver"),
          "chromium chromium-driver");
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = new ArrayList<>();
    if (root && !System.getProperty("user.name").equals("root")) {
      missing.add("root");
    }
    programs.stream().filter(program -> find(program).isEmpty()).forEach(missing::add);
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("all it needs is here");
    }
    String reason =
        "needs " + String.join(", ", missing) + "; as root: apt-get install " + packages;
    if (System.getenv(insist) != null) {
      throw new AssertionError(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  static Optional<Path> find(String program) {
    for (String folder :
        (System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator, -1)) {
      Path path = Path.of(folder, program);
      if (Files.isExecutable(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }
}
