package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import plimsoll.testing.Project;
import plimsoll.testing.Ran;

/** What build servers are told to run, run as they would. */
class GateInBuildsIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  private static Map<?, ?> yaml(String name) throws IOException {
    return new Yaml().load(Files.readString(Project.root().resolve(name)));
  }

  private static Object at(Object value, Object... steps) {
    Object found = value;
    for (Object step : steps) {
      found =
          Objects.requireNonNull(
              found instanceof List<?> list && step instanceof Integer index
                  ? list.get(index)
                  : found instanceof Map<?, ?> map ? map.get(step) : null,
              step.toString());
    }
    return found;
  }

  private Ran bash(Map<String, String> environment, String script) throws IOException {
    Path file = Files.writeString(folder.resolve("step.sh"), "cd " + folder + "\n" + script);
    return Ran.run(LIMIT, environment, List.of("bash", "-eo", "pipefail", file.toString()));
  }

  @Test
  void theActionAnnotatesAndFails() throws IOException {
    Files.writeString(folder.resolve("run it.sh"), "docker run --privileged app\n");
    Map<?, ?> action = yaml("action.yml");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("GITHUB_ACTION_PATH", Project.root().toString());
    ((Map<?, ?>) at(action, "runs", "steps", 0, "env"))
        .forEach((name, value) -> {
          var input = Pattern.compile("\\$\\{\\{ inputs\\.([a-z-]+) }}").matcher("" + value);
          assertThat(input.matches()).isTrue();
          environment.put("" + name, "" + at(action, "inputs", input.group(1), "default"));
        });
    environment.put("PLIMSOLL_SARIF", "out.sarif");
    String script = "" + at(action, "runs", "steps", 0, "run");
    assertThat(script).doesNotContain("${{");
    Ran ran = bash(environment, script);
    assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
    assertThat(ran.out()).startsWith("::error file=run it.sh,line=1,endLine=1,col=12,");
    assertThat(folder.resolve("out.sarif")).content().contains("run%20it.sh");
    environment.put("PLIMSOLL_OPTIONS", "--skip rule:container-privileged");
    assertThat(bash(environment, script).exit()).isZero();
  }

  @Test
  void gitlabsJobWritesItsReports() throws IOException {
    Files.writeString(folder.resolve("run.sh"), "docker run --privileged app\n");
    Map<?, ?> job = (Map<?, ?>) at(yaml("ci/gitlab.yml"), "plimsoll-gate");
    Map<String, String> environment = new LinkedHashMap<>();
    ((Map<?, ?>) at(job, "variables"))
        .forEach((name, value) -> environment.put("" + name, "" + value));
    environment.put("PLIMSOLL_HOME", Project.root().toString());
    assertThat(bash(environment, "" + at(job, "script", 0)).exit()).isEqualTo(1);
    for (Object report : ((Map<?, ?>) at(job, "artifacts", "reports")).values()) {
      assertThat(folder.resolve("" + report)).content().contains("container-privileged");
    }
  }

  /** The exit code of a script in which GATE stands for the program. */
  private Ran gate(String script) throws IOException {
    return bash(
        Map.of("GIT_CONFIG_GLOBAL", "/dev/null"),
        "git() { command git -c user.name=x -c user.email=x@example.org \"$@\"; }\n"
            + script.replace("GATE", Project.root() + "/plimsoll gate"));
  }

  @Test
  void onlyWhatIsNewFailsAndNobodyWaivesTheirOwnChange() throws IOException {
    Ran ran =
        gate(
            """
            git init -q .
            echo 'docker run --pid host app' > run.sh
            git add run.sh
            git commit -q -m one
            git tag base
            GATE . > /dev/null || echo "all: $?"
            GATE --output json=base.json . || echo "json: $?"
            GATE --new-since base . > /dev/null || echo "same: $?"
            sed -i 's/docker run/# moved\\ndocker run --rm/' run.sh
            GATE --new-since base . > /dev/null || echo "moved: $?"
            GATE --baseline base.json . > /dev/null || echo "moved too: $?"
            echo 'docker run --privileged other' >> run.sh
            GATE --new-since base . > /dev/null || echo "new: $?"
            GATE --baseline base.json . > /dev/null || echo "new too: $?"
            cat > plimsoll.yaml <<EOF
            waivers:
              - {rule: container-*, container: "*", reason: Mine., owner: me, expires: 2099-01-01}
            EOF
            GATE . > /dev/null || echo "waived: $?"
            GATE --policy-from base . > /dev/null || echo "not by base: $?"
            GATE --new-since nosuch . > /dev/null || echo "nosuch: $?"
            """);
    assertThat(ran.out().lines())
        .as(ran.err())
        .containsExactly(
            "all: 1", "json: 1", "new: 1", "new too: 1", "not by base: 1", "nosuch: 3");
    assertThat(ran.err()).contains("since base: 1 new, 0 changed, 0 mended");
  }

  @Test
  void aChangeOfWhatJudgesIsFoundByWhatJudgedBefore() throws IOException {
    Ran ran =
        gate(
            """
            git init -q .
            cat > plimsoll.yaml <<EOF
            rules: [own]
            severity: {container-no-init: high}
            waivers:
              - {rule: container-host-pid, container: a, reason: r, owner: o, expires: 2098-01-01}
              - {rule: container-host-ipc, container: a, reason: r, owner: o, expires: 2098-01-01}
            EOF
            mkdir own
            cat > own/x.yaml <<EOF
            {id: own-rule, title: t, message: m, subject: container, severity: low, why: w,
             require: {path: /privileged, equals: false}, fix: {run: f}, examples: {good: [], bad: []}}
            EOF
            echo 'docker run app' > run.sh
            git add .
            git commit -q -m one
            git tag base
            sed -i 's/ipc, container: a/ipc, container: b/; s/2098/2097/' plimsoll.yaml
            GATE --policy-from base -o csv . | cut -d, -f1,9 || true
            cat > plimsoll.yaml <<EOF
            disable: [container-host-uts]
            severity:
              container-privileged: low
            parameters:
              container-dangerous-capability: {dangerous: [BPF]}
            waivers:
              - {rule: container-host-pid, container: a, reason: r, owner: o, expires: 2099-01-01}
              - {rule: container-host-ipc, path: '**', reason: r, owner: o, expires: 1999-01-01}
            EOF
            echo 'docker run --pid host app # plimsoll: ignore container-host-pid until 2099-01-01 -- x' > run.sh
            for how in --policy-from --new-since; do
              echo "== $how"
              GATE $how base . | grep ' policy-' || true
              GATE $how base . > /dev/null || echo "exit $?"
            done
            GATE --new-since base --skip 'rule:policy-*' . > /dev/null
            rm plimsoll.yaml
            echo == gone
            GATE --policy-from base . | grep ' policy-' || true
            """);
    assertThat(ran.out().lines().map(line -> line.replaceFirst("^ *\\^~* ", "")))
        .as(ran.err())
        .containsExactly(
            "rule,message",
            "policy-waiver-added,waives container-host-ipc for containers called b until 2097-01-01",
            "== --policy-from",
            "high policy-rule-disabled: leaves out own-rule",
            "high policy-severity-lowered: lowers container-no-init from high to info",
            "high policy-rule-disabled: leaves out container-host-uts",
            "high policy-severity-lowered: lowers container-privileged from critical to low",
            "medium policy-rule-altered: alters container-dangerous-capability",
            "high policy-waiver-added: waives container-host-pid for containers called a until"
                + " 2099-01-01",
            "exit 1",
            "== --new-since",
            "high policy-rule-disabled: leaves out own-rule",
            "high policy-severity-lowered: lowers container-no-init from high to info",
            "high policy-rule-disabled: leaves out container-host-uts",
            "high policy-severity-lowered: lowers container-privileged from critical to low",
            "medium policy-rule-altered: alters container-dangerous-capability",
            "high policy-waiver-added: waives container-host-pid for containers called a until"
                + " 2099-01-01",
            "high policy-waiver-added: waives container-host-pid for run.sh until 2099-01-01",
            "exit 1",
            "== gone",
            "high policy-rule-disabled: leaves out own-rule",
            "high policy-severity-lowered: lowers container-no-init from high to info");
  }

  @Test
  void theHookIsForTheFilesThatAreLookedThrough() throws IOException {
    Object hook =
        at(new Yaml().load(Files.readString(Project.root().resolve(".pre-commit-hooks.yaml"))), 0);
    Pattern files = Pattern.compile("" + at(hook, "files"));
    for (String name :
        List.of(
            "a/run.sh",
            "Makefile",
            "x.mk",
            "compose.yaml",
            ".github/workflows/ci.yml",
            "a/Dockerfile",
            "Jenkinsfile",
            "package.json",
            "app.service")) {
      assertThat(files.matcher(name).find()).as(name).isTrue();
    }
    assertThat(files.matcher("Main.java").find()).isFalse();
    assertThat(("" + at(hook, "entry")).split(" ")[0]).isEqualTo("plimsoll");
    assertThat(Project.root().resolve("plimsoll")).isExecutable();
  }
}
