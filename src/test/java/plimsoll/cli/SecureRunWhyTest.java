package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.read.Word;
import plimsoll.testing.NeedsEngine;
import plimsoll.testing.PrivateEngine;

/** Programs that really fail for their confinement, and others that fail for themselves. */
@NeedsEngine
class SecureRunWhyTest {
  @RegisterExtension static final PrivateEngine engine = PrivateEngine.shared();

  private static Audited run(String line) {
    List<String> words = new ArrayList<>(List.of("secure-run", "--host", engine.host(), "--rm"));
    Word.split(line).forEach(word -> words.add(word.text()));
    return Audited.run(
        Map.of("DOCKER_CONFIG", engine.root().resolve("client").toString()),
        words.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "busybox touch /etc/x | that is --read-only, from the profile restricted; to allow just that: --tmpfs /etc, or -v NAME:/etc",
        "--read-only --profile baseline busybox touch /etc/x | that is --read-only; to allow",
        "-m 16m busybox sh -c 'x=; while true; do x=\"$x$x aaaaaaaaaaaaaaaaaaaaaaa\"; done' | for want of memory (exit 137): that is --memory; the limit is 16 MiB; to give it more: --memory 32m",
        "--profile database busybox mknod /tmp/x c 1 3 | that is --cap-drop, from the profile database; to allow just that: --cap-add MKNOD",
        "--profile database --cap-drop CHOWN busybox chown 5 /tmp | to allow just that: --cap-add CHOWN",
        "busybox chown 5 /tmp | --cap-add CHOWN, which only root can use: --user 0 --allow container-root-user=REASON",
        "busybox sh -c 'cp /bin/busybox /tmp/x; /tmp/x true' | nothing there can be executed; to allow just that: --tmpfs /tmp:exec",
        "busybox sh -c 'cat /etc/secret' -- | -",
        "--pids-limit 8 busybox sh -c '(for i in 1 2 3 4 5 6 7 8 9; do sleep 1 & done) 2>/dev/null; exit 3' | the kernel refused it a process (its log says so): that is --pids-limit; the limit is 8",
        "--pids-limit 8 busybox sh -c 'for i in 1 2 3 4 5 6 7 8 9; do sleep 1 & done; wait; exit 1' | that is --pids-limit; the limit is 8; to allow more: --pids-limit 16",
        "busybox dd if=/dev/zero of=/tmp/big bs=1M count=100 | to make it larger: --tmpfs /tmp:size=1g",
        "busybox sh -c 'kill -SYS $$' | seccomp killed it (SIGSYS, exit 159)",
        "busybox false | -",
        "busybox sh -c 'exit 137' | -",
        "busybox sh -c 'echo it is said of /x: Read-only file system' | -",
        "--profile baseline busybox sh -c 'echo chown: Operation not permitted; exit 1' | -",
        "--profile none busybox sh -c 'echo /x: Read-only file system; exit 1' | -"
      })
  void isTold(String line, String why) {
    Audited run = run(line);
    String told = run.err().replaceAll("(?m)^plimsoll: neither.*\n", "");
    if (why.equals("-")) {
      assertThat(told).doesNotContain("plimsoll: ");
    } else {
      assertThat(run.exit()).isNotZero();
      assertThat(told).contains(why);
    }
  }
}
