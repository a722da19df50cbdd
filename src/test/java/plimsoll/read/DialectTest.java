package plimsoll.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import plimsoll.model.Confinement;
import plimsoll.model.Namespaces.Mode;

class DialectTest {
  private static RunLine line(Dialect dialect, String text) throws RunLineException {
    return RunLine.parse(Word.split(text), dialect);
  }

  private static Confinement facts(Dialect dialect, String text) throws RunLineException {
    return RunReader.read(line(dialect, text), new FakeWorld(), null)
        .container()
        .requested()
        .facts();
  }

  @Test
  void whatIsOneProgramsOwnIsNotTheOthers() throws RunLineException {
    String text = "--replace --secret db --tz=UTC --rm alpine ls";
    RunLine line = line(Dialect.PODMAN, text);
    assertThat(line.image().text()).isEqualTo("alpine");
    assertThat(line.notes())
        .extracting(RunLine.Note::text)
        .containsExactly(
            "--replace is podman's own, and is not judged",
            "--secret is podman's own, and is not judged",
            "--tz is podman's own, and is not judged");
    assertThatExceptionOfType(RunLineException.class)
        .isThrownBy(() -> line(Dialect.DOCKER, text))
        .withMessage("unknown flag: --replace");
    assertThat(line(Dialect.NERDCTL, "--rootfs --init-binary tini /srv/root").image().text())
        .isEqualTo("/srv/root");
  }

  @Test
  void podmanNamesNamespacesInMoreWays() throws RunLineException {
    Confinement facts =
        facts(
            Dialect.PODMAN, "--userns=keep-id --pid private --ipc=host --network pasta:-4 alpine");
    assertThat(facts.namespaces().user().mode()).isEqualTo(Mode.PRIVATE);
    assertThat(facts.namespaces().pid().mode()).isEqualTo(Mode.PRIVATE);
    assertThat(facts.namespaces().ipc().mode()).isEqualTo(Mode.HOST);
    assertThat(facts.networking().networks()).containsExactly("pasta");
    assertThat(facts(Dialect.PODMAN, "--network ns:/proc/1/ns/net x").namespaces().network().mode())
        .isEqualTo(Mode.CONTAINER);
    assertThatExceptionOfType(RunLineException.class)
        .isThrownBy(() -> facts(Dialect.DOCKER, "--userns=keep-id alpine"));
  }

  @Test
  void podmansDefaultsAreItsOwn() throws RunLineException {
    Confinement facts = facts(Dialect.PODMAN, "alpine");
    assertThat(facts.limits().pids()).isEqualTo(2048);
    assertThat(facts.capabilities().bounding()).hasSize(11).doesNotContain("NET_RAW", "MKNOD");
    assertThat(facts(Dialect.PODMAN, "--cap-add net_raw alpine").capabilities().bounding())
        .contains("NET_RAW");
    assertThat(facts(Dialect.DOCKER, "alpine").limits().pids()).isNull();
  }

  @Test
  void podmanUnmasks() throws RunLineException {
    assertThat(facts(Dialect.PODMAN, "--security-opt unmask=ALL x").kernelPaths().writable())
        .contains("/proc/sys");
    assertThat(
            facts(Dialect.PODMAN, "--security-opt unmask=/proc/kcore:/proc/acpi x")
                .kernelPaths()
                .exposed())
        .containsExactly("/proc/acpi", "/proc/kcore");
    assertThat(facts(Dialect.PODMAN, "--security-opt mask=/x x").kernelPaths())
        .isEqualTo(Confinement.KernelPaths.EMPTY);
  }

  @Test
  void flagsThatNotEveryVersionKnowsAreNoted() throws RunLineException {
    assertThat(line(Dialect.DOCKER, "--annotation a=b --kernel-memory 4m --rm x").notes())
        .extracting(note -> note.word().column() + " " + note.text())
        .containsExactly(
            "1 --annotation: engines before API 1.43 ignore it",
            "18 --kernel-memory: clients from 29.0 on refuse it, and runtimes ignore it");
  }

  @Test
  void aProgramIsKnownByItsName() {
    assertThat(Dialect.ofProgram("podman")).contains(Dialect.PODMAN);
    assertThat(Dialect.ofProgram("ctr")).isEmpty();
  }
}
