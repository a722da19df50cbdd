package plimsoll.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import plimsoll.rule.RuleReader;
import plimsoll.rule.RuleSet;

/** {@code plimsoll rules new}. */
@Command(
    name = "new",
    description = "Write a rule to start from, with a comment on everything in it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file was written",
      "2:the id is none, or taken",
      "3:the file is there already, or could not be written"
    })
final class RulesNewCommand implements Callable<Integer> {
  private final Edges edges;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The new rule's id, such as acme-no-latest.")
  private String id = "";

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder for it (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of(".");

  RulesNewCommand(Edges edges) {
    this.edges = edges;
  }

  @Override
  public Integer call() throws UnusableException {
    if (!RuleReader.isId(id)) {
      throw Usage.error(
          spec, id + " is no id: lower-case words joined by hyphens, such as acme-no-latest");
    }
    if (RuleSet.builtIn().find(id).isPresent()) {
      throw Usage.error(spec, id + " is a rule that comes with Plimsoll; choose another id");
    }
    Path file = directory.resolve(id + ".yaml");
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnusableException(file + " is there already; nothing was written");
    }
    Target.toFile(file, out -> out.write(skeleton().getBytes(StandardCharsets.UTF_8)));
    edges.out().println("wrote " + file + "; next: plimsoll rules test " + directory);
    return ExitCode.OK;
  }

  private String skeleton() {
    return """
    # The rule's name for ever: reports, waivers and CI configurations use it.
    id: ID
    # For an editor that completes: plimsoll rules schema > rule.schema.json, and as the first line here
    #   # yaml-language-server: $schema=rule.schema.json
    # What a failure means, as a heading; and said of one container. {actual} is the failing value,
    # {/image/name} or another path what else is worth telling.
    title: Container may start too many processes
    message: may start {actual} processes
    # container, build (a Dockerfile), engine (and its swarm), host, image, network or volume
    subject: container
    # critical, high, medium, low or info; or one each for what somebody asked for and what nobody did:
    #   severity: {written: high, omitted: low}
    severity: medium
    why: >
      One paragraph that an operator understands: what can happen, and when it does not matter.
    # What must hold. Paths lead into the facts about a container, as they stand in a snapshot (plimsoll audit
    # --save-snapshot FILE): /privileged, /user/uid, /capabilities/bounding, /limits/memory/limit, ...
    #   all: [...]   any: [...]   not: ...   when: ... then: ...   each: {path: /mounts, require: ...}
    # and a test of one fact: equals, in, matches, subset-of, disjoint-from, none-match, at-most, at-least,
    # version-at-least, exists, empty. What only a human can tell: manual: {look: what to do, gather: [/name]}
    # The rules that come with Plimsoll are examples: plimsoll rules show container-no-pids-limit
    # What these cannot say, a policy in Rego can, compiled by opa build -t wasm. It stands in place of require and message:
    #   policy: {bundle: policy.tar.gz, reads: [/limits/pids]}
    require: {path: /limits/pids, at-most: 100}
    # How to mend it, by what is edited: run, compose, dockerfile, daemon, host.
    fix:
      run: Add --pids-limit 100.
      compose: Set pids_limit to 100.
    # plimsoll rules test judges these: each good one must pass, each bad one fail.
    examples:
      good:
        - docker run --pids-limit 100 alpine
      bad:
        - docker run alpine
        - docker run --pids-limit 200 alpine
    """
        .replace("id: ID", "id: " + id);
  }
}
