package plimsoll.model;

import org.jspecify.annotations.Nullable;

/**
 * What a Linux security module was asked to do, or does.
 *
 * @param apparmor the AppArmor profile; {@code unconfined} for none by request; null where the
 *     engine chooses
 * @param selinux the SELinux label or label options; {@code disable} for none by request; null
 *     where the engine chooses
 */
public record SecurityLabel(@Nullable String apparmor, @Nullable String selinux) {
  /** Left to the engine. */
  public static final SecurityLabel EMPTY = new SecurityLabel(null, null);
}
