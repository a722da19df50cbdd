package plimsoll.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Dockerfile makes an image of, and what whoever has it built allows it to do.
 *
 * @param user the user that the image's programs run as, {@code app} or {@code 1000}, without a
 *     group; null where neither the file's last stage nor one it is made from sets one
 * @param healthCheck whether the image has a health check; null where the file says nothing of one
 * @param bases the images it starts from or copies from, in the order of the file; its own stages
 *     and {@code scratch} are none
 * @param ports what {@code EXPOSE} names
 */
public record Build(
    @Nullable String user,
    @Nullable Boolean healthCheck,
    List<ImageReference> bases,
    List<Setting> variables,
    List<Copy> copies,
    List<Command> commands,
    List<Grant> grants,
    List<Ports> ports) {

  /** Copies the lists. */
  public Build {
    bases = Lists.copy(bases);
    variables = Lists.copy(variables);
    copies = Lists.copy(copies);
    commands = Lists.copy(commands);
    grants = Lists.copy(grants);
    ports = Lists.copy(ports);
  }

  /** Nothing is known, nothing is asked for. */
  public static final Build NOTHING =
      new Build(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /**
   * A variable of {@code ENV} or {@code ARG}, or an argument that a compose file passes.
   *
   * @param secret that it holds a secret, and what says so; null where nothing does. Never the
   *     secret itself
   * @param wantsSecret that by its name it is to be given a secret; null where it has a value, or
   *     another name
   */
  public record Setting(String name, @Nullable String secret, @Nullable String wantsSecret) {}

  /**
   * One source of {@code COPY} or {@code ADD}.
   *
   * @param secretFile the source, where files called so hold keys or passwords; null otherwise
   * @param unverified the address it is fetched from without a checksum or a commit to verify it
   *     by; null otherwise
   * @param needlesslyAdded the source, where {@code ADD} does what {@code COPY} does as well
   * @param setuid the mode that makes it setuid or setgid; null otherwise
   */
  public record Copy(
      String source,
      @Nullable String secretFile,
      @Nullable String unverified,
      @Nullable String needlesslyAdded,
      @Nullable String setuid) {}

  /**
   * A program that {@code RUN} runs. What is null it does not do.
   *
   * @param program its name without a path
   * @param runsFetched what it fetches for a shell or interpreter to run unseen
   * @param unverified the flag or setting by which it does not verify what it fetches
   * @param setuid the mode that makes a file setuid or setgid
   * @param updatesAlone that it fetches a package index that nothing in the same instruction uses
   * @param sudoWithoutPassword the line that it adds to sudoers
   */
  public record Command(
      String program,
      @Nullable String runsFetched,
      @Nullable String unverified,
      @Nullable String setuid,
      @Nullable String updatesAlone,
      @Nullable String sudoWithoutPassword) {}

  /**
   * What the build may do beyond its sandbox (BuildKit calls it an entitlement).
   *
   * @param name {@code security.insecure}, {@code network.host}, {@code device}
   */
  public record Grant(String name) {}

  /**
   * A range of ports.
   *
   * @param protocol {@code tcp} or {@code udp}
   */
  public record Ports(int first, int last, String protocol) {}
}
