package plimsoll.rule;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A failure that somebody answers for.
 *
 * @param rule which rules
 * @param target what of it is waived
 * @param reason why that is right
 * @param owner who answers for it
 * @param expires the last day it holds
 * @param place where it is written, {@code FILE:LINE:COLUMN}
 */
public record Waiver(
    Glob rule, Target target, String reason, String owner, LocalDate expires, String place) {

  /** Whether it still holds. */
  public boolean holds(LocalDate today) {
    return !today.isAfter(expires);
  }

  /** Whether it speaks of files of a repository, which an audit of a host never meets. */
  public boolean isOfFiles() {
    return target instanceof Target.InFiles;
  }

  /** Whether it speaks of what only a host has. */
  public boolean isOfHosts() {
    return target instanceof Target.ImageDigest
        || (target instanceof Target.Kind kind && kind.kind() == SubjectKind.HOST);
  }

  /** Which subjects a waiver speaks of. */
  public sealed interface Target {
    /** What it speaks of, in words. */
    String text();

    /** Containers of a name. A name is a claim: whoever may start containers may take it. */
    record ContainerName(Glob name) implements Target {
      @Override
      public String text() {
        return "containers called " + name.text();
      }
    }

    /** An image, and containers of it, by the content's digest, which nobody can claim. */
    record ImageDigest(String digest) implements Target {
      @Override
      public String text() {
        return "the image " + digest;
      }
    }

    /**
     * What stands in files of a repository.
     *
     * @param path of the files
     * @param container names of containers; null for all that stands there
     */
    record InFiles(Glob path, @Nullable Glob container) implements Target {
      @Override
      public String text() {
        return (container == null ? "" : "containers called " + container.text() + " in ")
            + path.text();
      }
    }

    /** The one subject of a kind: the engine or the host. */
    record Kind(SubjectKind kind) implements Target {
      @Override
      public String text() {
        return "the " + kind;
      }
    }
  }
}
