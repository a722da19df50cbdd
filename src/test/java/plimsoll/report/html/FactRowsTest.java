package plimsoll.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import plimsoll.model.Capabilities;
import plimsoll.model.Confinement;
import plimsoll.model.Container;
import plimsoll.model.Field;
import plimsoll.model.Gap;
import plimsoll.model.Identity;
import plimsoll.model.Mount;
import plimsoll.model.Namespaces;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Namespaces.Namespace;
import plimsoll.model.Snapshot;
import plimsoll.model.View;
import plimsoll.report.html.Page.FactRow;
import plimsoll.testing.Project;
import plimsoll.wire.SnapshotJson;

/** Both views side by side, and who shares which namespace. */
class FactRowsTest {
  private static Snapshot careless() throws Exception {
    try (InputStream in =
        Files.newInputStream(Project.root().resolve("samples/hosts/careless.json"))) {
      return SnapshotJson.read(in);
    }
  }

  private static Container named(String name) throws Exception {
    return careless().containers().stream()
        .filter(container -> container.identity().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static View<Confinement> enforced(Container container) {
    View<Confinement> view = container.enforced();
    if (view == null) {
      throw new AssertionError("the sample runs");
    }
    return view;
  }

  private static Container enforcing(Container container, View<Confinement> view) {
    return container.withEnforced(view, List.of());
  }

  private static FactRow row(Container container, String label) {
    return FactRows.of(container).stream()
        .filter(row -> row.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + ": " + FactRows.of(container)));
  }

  @Test
  void everyFactThatTheKernelTestifiesToHasARow() {
    for (Field field : Field.TABLE) {
      assertThat(FactRows.covers(field.pointer())).as(field.pointer()).isTrue();
    }
  }

  @Test
  void whatTheKernelHoldsCloserIsMarkedStronger() throws Exception {
    FactRow row = row(named("shop"), "Limit on processes");
    assertThat(row.requested()).isEqualTo("no limit");
    assertThat(row.requestedFrom()).isEqualTo("default of HostConfig.PidsLimit");
    assertThat(row.mark()).isEqualTo("stronger");
    assertThat(row.less()).isFalse();
  }

  @Test
  void aMountNobodyAskedForAndOneThatIsWritableAfterAllAreMarkedWeaker() throws Exception {
    Container shop = named("shop");
    Mount asked =
        new Mount("bind", "/a", "/data", null, true, null, new TreeSet<>(), List.of(), List.of());
    Mount done =
        new Mount("bind", "/a", "/data", null, false, null, new TreeSet<>(), List.of(), List.of());
    Mount more =
        new Mount("bind", "/etc", "/x", null, false, null, new TreeSet<>(), List.of(), List.of());
    View<Confinement> view = enforced(shop);
    Container changed =
        enforcing(
            shop.withRequested(
                shop.requested()
                    .with(shop.requested().facts().withMounts(List.of(asked)), Map.of())),
            view.with(view.facts().withMounts(List.of(done, more)), Map.of()));
    assertThat(row(changed, "Mount /data").mark()).isEqualTo("weaker");
    assertThat(row(changed, "Mount /data").requested()).isEqualTo("/a, read-only");
    assertThat(row(changed, "Mount /x").requested()).isEqualTo("not asked for");
    // Differences first.
    assertThat(FactRows.of(changed).get(0).less()).isTrue();
  }

  @Test
  void whatCouldNotBeReadIsUnknownAndNotMarked() throws Exception {
    Container shop = named("shop");
    Container blind = enforcing(shop, enforced(shop).withGaps(List.of(new Gap("", "no rights"))));
    assertThat(row(blind, "Limit on processes").enforced()).isEqualTo("unknown: no rights");
    assertThat(FactRows.of(blind)).allMatch(row -> row.mark().isEmpty());
  }

  @Test
  void aCapabilityInEffectThatWasNotToBeThereIsMarked() throws Exception {
    Container shop = named("shop");
    View<Confinement> view = enforced(shop);
    Capabilities was = view.facts().capabilities();
    TreeSet<String> more = new TreeSet<>(was.effective());
    assertThat(row(shop, "Capabilities the first process has").mark()).isEmpty();
    more.add("SYS_ADMIN");
    Confinement facts =
        Confinement.ofProcess(
            view.facts().user(),
            new Capabilities(was.added(), was.dropped(), was.bounding(), more, was.unrequested()),
            view.facts().seccomp().mode(),
            view.facts().label(),
            view.facts().noNewPrivileges(),
            view.facts().namespaces(),
            view.facts().limits());
    assertThat(
            row(enforcing(shop, view.with(facts, Map.of())), "Capabilities the first process has")
                .mark())
        .isEqualTo("weaker");
  }

  private static Container container(String name, Namespace asked, Namespace shown) {
    return new Container(
        new Identity(name + "-id", name, "running", 1L, null, null, null),
        new View<>(Confinement.EMPTY.withNamespaces(network(asked)), Map.of(), List.of()),
        new View<>(Confinement.EMPTY.withNamespaces(network(shown)), Map.of(), List.of()));
  }

  private static Namespaces network(Namespace network) {
    Namespace none = Namespace.EMPTY;
    return new Namespaces(network, none, none, none, none, none);
  }

  private static Namespace kernel(Mode mode, String id) {
    return new Namespace(mode, null, mode == Mode.HOST, null, id);
  }

  @Test
  void whoSharesANamespaceIsWhoTheKernelSaysDoes() {
    Namespace own = Namespace.of(Mode.PRIVATE);
    SharedNamespaces sharing =
        SharedNamespaces.of(
            List.of(
                // Nobody asked for it, but a and b are in one; c was asked to be, and is not.
                container("a", own, kernel(Mode.PRIVATE, "net:[1]")),
                container("b", own, kernel(Mode.PRIVATE, "net:[1]")),
                container("c", Namespace.ofContainer("a"), kernel(Mode.PRIVATE, "net:[2]")),
                container("d", own, kernel(Mode.HOST, "net:[3]"))),
            Map.of());
    assertThat(sharing.groups())
        .containsExactly(new SharedNamespaces.Group("A", "Network", List.of("a", "b")));
    assertThat(sharing.rows().stream().map(SharedNamespaces.Row::name))
        .containsExactly("a", "b", "d");
    assertThat(sharing.alone()).isEqualTo(1);
  }

  @Test
  void whereNothingRunsWhatWasAskedForCountsAndCirclesEnd() {
    View<Confinement> toY =
        new View<>(
            Confinement.EMPTY.withNamespaces(network(Namespace.ofContainer("y"))),
            Map.of(),
            List.of());
    View<Confinement> toX =
        new View<>(
            Confinement.EMPTY.withNamespaces(network(Namespace.ofContainer("x"))),
            Map.of(),
            List.of());
    View<Confinement> own =
        new View<>(
            Confinement.EMPTY.withNamespaces(network(Namespace.of(Mode.PRIVATE))),
            Map.of(),
            List.of());
    SharedNamespaces sharing =
        SharedNamespaces.of(
            List.of(
                new Container(identity("w"), toX, null), new Container(identity("x"), own, null)),
            Map.of());
    assertThat(sharing.groups().get(0).names()).containsExactly("w", "x");
    assertThat(
            SharedNamespaces.of(
                    List.of(
                        new Container(identity("x"), toY, null),
                        new Container(identity("y"), toX, null)),
                    Map.of())
                .rows())
        .hasSizeLessThanOrEqualTo(2);
  }

  private static Identity identity(String name) {
    return new Identity(name + "-id", name, "created", null, null, null, null);
  }
}
