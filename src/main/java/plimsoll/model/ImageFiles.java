package plimsoll.model;

import java.util.List;

/**
 * What the files of an image's layers are.
 *
 * @param privileged programs in the finished image that run with more rights than who starts them
 * @param secrets files that hold keys or passwords, in any layer: whoever has the image has all of
 *     its layers
 */
public record ImageFiles(List<Privileged> privileged, List<Secret> secrets) {
  /** Copies the lists. */
  public ImageFiles {
    privileged = Lists.copy(privileged);
    secrets = Lists.copy(secrets);
  }

  /**
   * A program that gains rights when it is run.
   *
   * @param gains the program and what it gains, {@code /usr/bin/su (setuid root)}
   */
  public record Privileged(String path, String gains) {}

  /**
   * A file with something in it that ought to be secret.
   *
   * @param holds the file and what it holds, {@code /root/.ssh/id_rsa (a private key)}; never the
   *     secret itself
   * @param deleted whether a later layer deletes or overwrites it, which takes it from nobody
   */
  public record Secret(String path, String holds, boolean deleted) {}
}
