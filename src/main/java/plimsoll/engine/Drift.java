package plimsoll.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plimsoll.engine.ContainerJudge.Judged;
import plimsoll.finding.Because;
import plimsoll.finding.Evidence;
import plimsoll.finding.Finding.Judgement;
import plimsoll.finding.Verdict;
import plimsoll.finding.ViewName;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.ContainerProcess;
import plimsoll.model.Field;
import plimsoll.model.Field.Weight;
import plimsoll.model.Limits.Throttle;
import plimsoll.model.Limits.Ulimit;
import plimsoll.model.Mount;
import plimsoll.model.Order;
import plimsoll.model.Order.Strength;
import plimsoll.model.Origin;
import plimsoll.model.View;
import plimsoll.rule.Operator;
import plimsoll.rule.Severity;

/**
 * Where the kernel enforces less than was asked for, or something else: on the container as a
 * whole, on its first process, and on every other process and thread.
 */
final class Drift {
  /** What some kernels and cgroup versions never show: not knowing it is not suspicious. */
  private static final Set<String> OFTEN_UNSEEN =
      Set.of(
          "/devices/cgroupRules",
          "/seccomp/allowsEverything",
          "/limits/io/weight",
          "/limits/io/throttles",
          "/limits/memory/swap",
          "/limits/cpu/cpuset");

  private final Container container;
  private final View<Confinement> requested;
  private final List<Found> found = new ArrayList<>();

  private Drift(Container container) {
    this.container = container;
    this.requested = container.requested();
  }

  /** One difference. */
  private record Found(Evidence evidence, Weight weight, @Nullable ContainerProcess process) {}

  static Judged judge(Container container) {
    View<Confinement> enforced = container.enforced();
    if (enforced == null) {
      return other(
          Verdict.NOT_APPLICABLE,
          container.identity().live()
              ? "the kernel that runs it was not looked at"
              : "it does not run");
    }
    var whole = enforced.gapAt("");
    if (whole.isPresent()) {
      return other(Verdict.UNKNOWN, whole.get().reason());
    }
    Drift drift = new Drift(container);
    drift.compare(enforced);
    container.processes().forEach(drift::compare);
    if (!drift.found.isEmpty()) {
      return drift.judged();
    }
    for (Field field : Field.TABLE) {
      var gap = enforced.gapAt(field.pointer());
      if (gap.isPresent() && !OFTEN_UNSEEN.contains(field.pointer())) {
        return other(Verdict.UNKNOWN, gap.get().reason());
      }
    }
    return new Judged(
        new Judgement(Verdict.PASS, Severity.HIGH, null, true, List.of(ViewName.ENFORCED), null),
        List.of());
  }

  private static Judged other(Verdict verdict, String reason) {
    return new Judged(
        new Judgement(verdict, Severity.HIGH, null, null, List.of(ViewName.ENFORCED), reason),
        List.of());
  }

  private void compare(View<Confinement> enforced) {
    for (Field field : Field.TABLE) {
      compare(field, enforced, null);
    }
    mounts(enforced);
    throttles(enforced);
    ulimits(enforced);
  }

  private void compare(ContainerProcess process) {
    for (Field field : Field.TABLE) {
      if (field.ofProcess() && !field.pointer().startsWith("/limits/")) {
        compare(field, process.view(), process);
      }
    }
  }

  private void compare(
      Field field, View<Confinement> enforced, @Nullable ContainerProcess process) {
    String pointer = field.pointer();
    boolean effective = pointer.equals("/capabilities/effective");
    // What a program can take up must not be more than the container was to have at all.
    Object asked =
        effective ? requested.facts().capabilities().bounding() : field.in(requested.facts());
    Object done = field.in(enforced.facts());
    if (requested.gapAt(effective ? "/capabilities/bounding" : pointer).isPresent()
        || enforced.gapAt(pointer).isPresent()) {
      return;
    }
    Order order = effective ? Order.FEWER : field.order();
    Strength strength =
        effective ? Order.FEWER.compare(asked, done, 0) : field.compare(asked, done);
    boolean same = order == Order.SAME || order == Order.PROFILE;
    if (order != null
        && (strength == Strength.WEAKER || (strength == Strength.INCOMPARABLE && same))) {
      add(
          pointer,
          order == Order.FEWER ? "no more than " + Operator.show(asked) : Operator.show(asked),
          order.excess(asked, done),
          enforced.originOf(pointer),
          strength == Strength.WEAKER ? field.weight() : Weight.LOW,
          process);
    }
  }

  private void mounts(View<Confinement> enforced) {
    List<Mount> asked = requested.facts().mounts();
    List<Mount> done = enforced.facts().mounts();
    for (int i = 0; i < Math.min(asked.size(), done.size()); i++) {
      String pointer = "/mounts/" + i;
      if (enforced.gapAt(pointer).isPresent()) {
        continue;
      }
      Origin origin = enforced.originOf(pointer);
      String where = asked.get(i).destination() + " ";
      if (asked.get(i).readOnly() && !done.get(i).readOnly()) {
        add(pointer + "/readOnly", where + "ro", where + "rw", origin, Weight.MEDIUM, null);
      }
      boolean shared = "rshared".equals(done.get(i).propagation());
      if (shared && !String.valueOf(asked.get(i).propagation()).endsWith("shared")) {
        add(
            pointer + "/propagation",
            where + asked.get(i).propagation(),
            where + "rshared",
            origin,
            Weight.MEDIUM,
            null);
      }
    }
    for (int i = asked.size(); i < done.size(); i++) {
      Mount mount = done.get(i);
      if (!mount.systemPaths().isEmpty() || !mount.engineSockets().isEmpty()) {
        add(
            "/mounts/" + i,
            "nothing at " + mount.destination(),
            mount.source() + " at " + mount.destination(),
            enforced.originOf("/mounts/" + i),
            Weight.HIGH,
            null);
      }
    }
  }

  private void throttles(View<Confinement> enforced) {
    String pointer = "/limits/io/throttles";
    if (enforced.gapAt(pointer).isPresent()) {
      return;
    }
    for (Throttle asked : requested.facts().limits().io().throttles()) {
      boolean kept =
          enforced.facts().limits().io().throttles().stream()
              .anyMatch(done ->
                  done.kind().equals(asked.kind())
                      && done.device().equals(asked.device())
                      && done.rate() <= asked.rate());
      if (!kept) {
        String rest = asked.kind() + " " + asked.device() + " ";
        String actual =
            enforced.facts().limits().io().throttles().stream()
                .filter(done -> done.toString().startsWith(rest))
                .map(Throttle::toString)
                .findFirst()
                .orElse(rest + "without limit");
        add(pointer, asked.toString(), actual, enforced.originOf(pointer), Weight.LOW, null);
      }
    }
  }

  private void ulimits(View<Confinement> enforced) {
    String pointer = "/limits/ulimits";
    if (enforced.gapAt(pointer).isPresent()) {
      return;
    }
    for (Ulimit asked : requested.facts().limits().ulimits()) {
      for (Ulimit done : enforced.facts().limits().ulimits()) {
        if (done.name().equals(asked.name()) && infinite(done.hard()) > infinite(asked.hard())) {
          add(
              pointer,
              asked.name() + " " + asked.hard(),
              done.name() + " " + done.hard(),
              enforced.originOf(pointer),
              Weight.LOW,
              null);
        }
      }
    }
  }

  private static double infinite(long limit) {
    return limit < 0 ? Double.POSITIVE_INFINITY : (double) limit;
  }

  private void add(
      String pointer,
      String expected,
      String actual,
      @Nullable Origin origin,
      Weight weight,
      @Nullable ContainerProcess process) {
    Long pid = process == null ? container.identity().pid() : (Long) process.pid();
    found.add(
        new Found(
            new Evidence(ViewName.ENFORCED, pointer, expected, actual, origin, pid),
            weight,
            process));
  }

  private Judged judged() {
    found.sort(Comparator.comparing(Found::weight).reversed());
    boolean written =
        found.stream()
            .map(each -> requested.originOf(each.evidence().path()))
            .filter(Objects::nonNull)
            .anyMatch(Origin::written);
    Severity severity =
        switch (found.get(0).weight()) {
          case HIGH -> Severity.HIGH;
          case MEDIUM -> Severity.MEDIUM;
          case LOW -> Severity.LOW;
        };
    Judgement judgement =
        new Judgement(
            Verdict.FAIL,
            severity,
            written ? Because.WRITTEN : Because.OMITTED,
            true,
            List.of(ViewName.ENFORCED),
            null);
    List<Evidence> lasting = found.stream().filter(Drift::lasts).map(Found::evidence).toList();
    return new Judged(judgement, found.stream().map(Found::evidence).toList(), message(), lasting);
  }

  /** What somebody does in a container from outside is gone tomorrow. */
  private static boolean lasts(Found each) {
    ContainerProcess process = each.process();
    return process == null || process.entry() == ContainerProcess.Entry.INIT_TREE;
  }

  /** Each difference with its process, if that is not the first one, and how it got there. */
  private String message() {
    Set<String> parts = new LinkedHashSet<>();
    for (Found each : found) {
      ContainerProcess process = each.process();
      String who =
          process == null
              ? ""
              : "process "
                  + process.pid()
                  + (process.thread() == null ? "" : ", thread " + process.thread())
                  + " ("
                  + process.name()
                  + ", "
                  + process.arrival()
                  + ") ";
      parts.add(
          who
              + each.evidence().path()
              + ": "
              + each.evidence().expected()
              + " asked for, "
              + each.evidence().actual()
              + " enforced");
    }
    return String.join("; ", parts);
  }
}
