package plimsoll.rule;

import java.util.Locale;
import plimsoll.model.Build;
import plimsoll.model.Confinement;
import plimsoll.model.Engine;
import plimsoll.model.Host;
import plimsoll.model.Image;
import plimsoll.model.Network;
import plimsoll.model.PolicyChange;
import plimsoll.model.Volume;

/** What a rule judges, and the facts its paths lead to. */
public enum SubjectKind {
  /** Each container, in both views. */
  CONTAINER(Confinement.class),
  /** Each image. */
  IMAGE(Image.class),
  /** The engine. */
  ENGINE(Engine.class),
  /** The host. */
  HOST(Host.class),
  /** Each network. */
  NETWORK(Network.class),
  /** Each volume. */
  VOLUME(Volume.class),
  /** Each image that a file has built. */
  BUILD(Build.class),
  /** What a repository is judged by, beside what it was judged by at another commit. */
  POLICY(PolicyChange.class);

  private final Class<? extends Record> facts;

  SubjectKind(Class<? extends Record> facts) {
    this.facts = facts;
  }

  /** The record a rule's paths start from. */
  public Class<? extends Record> facts() {
    return facts;
  }

  /** Whether a host has one of it at most, so that it need not be named. */
  public boolean single() {
    return this == ENGINE || this == HOST;
  }

  /** The name in rules, reports and on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
