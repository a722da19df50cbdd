package plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.model.Confinement;
import plimsoll.model.Gap;
import plimsoll.model.Image;
import plimsoll.model.Lifecycle.HealthCheck;
import plimsoll.model.Namespaces.Mode;
import plimsoll.model.Origin;
import plimsoll.model.Seccomp;
import plimsoll.model.Source;
import plimsoll.model.View;
import plimsoll.wire.ImageReader.Inspected;

class InspectReaderTest {

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static View<Confinement> hostConfig(String fields) {
    return InspectReader.requested(json("{'HostConfig': {" + fields + "}}"), null);
  }

  private static View<Confinement> user(String user, @Nullable Inspected image) {
    return InspectReader.requested(json("{'Config': {'User': '" + user + "'}}"), image);
  }

  private static Source sourceOf(View<?> view, String pointer) {
    Origin origin = view.originOf(pointer);
    assertThat(origin).isNotNull();
    return origin.source();
  }

  @Test
  void aFieldNobodyKnowsIsANamedGap() {
    View<Confinement> view = hostConfig("'GatesOpen': true, 'Quiet': false, 'Nothing': []");
    assertThat(view.gaps())
        .filteredOn(gap -> gap.path().startsWith("/unmapped"))
        .extracting(Gap::path)
        .containsExactly("/unmapped/HostConfig.GatesOpen");
    assertThat(view.gaps().get(0).reason()).contains("HostConfig.GatesOpen is set");
  }

  @Test
  void anUnknownSecurityOptionIsANamedGap() {
    assertThat(hostConfig("'SecurityOpt': ['hyperdrive=on']").gaps())
        .extracting(Gap::reason)
        .contains(
            "HostConfig.SecurityOpt holds hyperdrive, which this version of Plimsoll does not know");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "00", "+0", "-0", ":0", "0:0", "root", "root:app", "0:1000"})
  void everySpellingOfRootIsZero(String user) {
    assertThat(user(user, null).facts().user().uid()).isZero();
  }

  @Test
  void aUserNameIsUnknownUntilTheKernelSaysSo() {
    View<Confinement> view = user("app", null);
    assertThat(view.facts().user().uid()).isNull();
    assertThat(view.gapAt("/user/uid")).isPresent();
  }

  @Test
  void aUserLikeTheImagesIsTheImages() {
    Inspected image =
        new Inspected(
            new Image(
                "i",
                List.of(),
                "1000",
                HealthCheck.ABSENT,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null),
            Set.of(),
            Map.of(),
            0);
    assertThat(sourceOf(user("1000", image), "/user/uid")).isEqualTo(Source.IMAGE);
    assertThat(sourceOf(user("0", image), "/user/uid")).isEqualTo(Source.INSPECT);
    assertThat(sourceOf(user("", null), "/user/uid")).isEqualTo(Source.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "no-new-privileges, true",
    "no-new-privileges:true, true",
    "no-new-privileges=true, true",
    "no-new-privileges=1, true",
    "no-new-privileges:false, false",
    "no-new-privileges=0, false"
  })
  void noNewPrivilegesInAllItsSpellings(String option, boolean on) {
    View<Confinement> view = hostConfig("'SecurityOpt': ['" + option + "']");
    assertThat(view.facts().noNewPrivileges()).isEqualTo(on);
    assertThat(sourceOf(view, "/noNewPrivileges")).isEqualTo(Source.INSPECT);
  }

  @Test
  void theLastOfSeveralNoNewPrivilegesCounts() {
    assertThat(
            hostConfig("'SecurityOpt': ['no-new-privileges:true', 'no-new-privileges=false']")
                .facts()
                .noNewPrivileges())
        .isFalse();
  }

  @Test
  void aSeccompProfileIsJudgedByItsContent() {
    String allow = "'SecurityOpt': ['seccomp={\\'defaultAction\\':\\'SCMP_ACT_ALLOW\\'}']";
    Seccomp all = hostConfig(allow.replace("\\'", "\\\"")).facts().seccomp();
    assertThat(all.mode()).isEqualTo(Seccomp.Mode.FILTER);
    assertThat(all.allowsEverything()).isTrue();
    String deny =
        "'SecurityOpt': ['seccomp={\\'defaultAction\\':\\'SCMP_ACT_ALLOW\\',"
            + "\\'syscalls\\':[{\\'names\\':[\\'mount\\'],\\'action\\':\\'SCMP_ACT_ERRNO\\'}]}']";
    assertThat(hostConfig(deny.replace("\\'", "\\\"")).facts().seccomp().allowsEverything())
        .isFalse();
  }

  @Test
  void aSeccompProfileWhoseContentIsNotThereIsUnknown() {
    assertThat(
            hostConfig("'SecurityOpt': ['seccomp=/etc/profile.json']")
                .gapAt("/seccomp/allowsEverything"))
        .isPresent();
  }

  @Test
  void unconfinedIsSaidWithEqualsSignOrColon() {
    for (String option : List.of("seccomp=unconfined", "seccomp:unconfined")) {
      assertThat(hostConfig("'SecurityOpt': ['" + option + "']").facts().seccomp().mode())
          .isEqualTo(Seccomp.Mode.DISABLED);
    }
  }

  @Test
  void aPrivilegedContainerHasNoFilterWhateverWasAskedFor() {
    View<Confinement> view = hostConfig("'Privileged': true, 'SecurityOpt': ['seccomp=builtin']");
    assertThat(view.facts().seccomp().mode()).isEqualTo(Seccomp.Mode.DISABLED);
    assertThat(view.facts().capabilities().bounding()).contains("SYS_ADMIN");
  }

  @Test
  void anExplicitUnlimitedIsWrittenAndASilentOneIsNot() {
    View<Confinement> asked = hostConfig("'PidsLimit': -1");
    assertThat(asked.facts().limits().pids()).isNull();
    assertThat(sourceOf(asked, "/limits/pids")).isEqualTo(Source.INSPECT);
    assertThat(sourceOf(hostConfig("'PidsLimit': 0"), "/limits/pids")).isEqualTo(Source.DEFAULT);
  }

  @Test
  void swapIsWhatMayBeSwappedBesideMemory() {
    assertThat(hostConfig("'Memory': 100, 'MemorySwap': 300").facts().limits().memory().swap())
        .isEqualTo(200);
    assertThat(hostConfig("'Memory': 100, 'MemorySwap': 100").facts().limits().memory().swap())
        .isZero();
    assertThat(hostConfig("'Memory': 100, 'MemorySwap': 0").facts().limits().memory().swap())
        .isEqualTo(100);
    assertThat(hostConfig("'Memory': 100, 'MemorySwap': -1").facts().limits().memory().swap())
        .isNull();
  }

  @Test
  void cpuQuotaAndCpusAreTheSameFact() {
    assertThat(hostConfig("'NanoCpus': 1500000000").facts().limits().cpu().cpus()).isEqualTo(1.5);
    assertThat(hostConfig("'CpuQuota': 50000, 'CpuPeriod': 100000").facts().limits().cpu().cpus())
        .isEqualTo(0.5);
  }

  @Test
  void aNetworksNameIsANamespaceOfItsOwn() {
    var namespaces =
        hostConfig("'NetworkMode': 'backend', 'PidMode': 'container:abc', 'IpcMode': 'host'")
            .facts()
            .namespaces();
    assertThat(namespaces.network().mode()).isEqualTo(Mode.PRIVATE);
    assertThat(namespaces.pid().of()).isEqualTo("abc");
    assertThat(namespaces.ipc().host()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "default, bridge, DEFAULT, backend, INSPECT",
    "'', bridge, DEFAULT, backend, INSPECT",
    "bridge, bridge, INSPECT, backend, INSPECT",
    "front, front, INSPECT, backend, INSPECT",
    "front, bridge, INSPECT, front, INSPECT"
  })
  void nobodyAskedForTheNetworkThatAContainerHasWhereItSaysNone(
      String mode, String first, Source ofFirst, String second, Source ofSecond) {
    View<Confinement> view =
        InspectReader.requested(
            json(
                """
                {'HostConfig': {'NetworkMode': '%s'},
                 'NetworkSettings': {'Networks': {'%s': {}, '%s': {}}}}
                """
                    .formatted(mode, first, second)),
            null);
    List<String> networks = view.facts().networking().networks();
    assertThat(sourceOf(view, "/networking/networks/" + networks.indexOf(first)))
        .isEqualTo(ofFirst);
    assertThat(sourceOf(view, "/networking/networks/" + networks.indexOf(second)))
        .isEqualTo(ofSecond);
  }

  @Test
  void aMountIsTracedToTheOptionThatAskedForIt() {
    View<Confinement> view =
        InspectReader.requested(
            json(
                "{'HostConfig': {'Binds': ['/x:/y', '/etc:/e:ro']}, 'Mounts': ["
                    + "{'Type': 'bind', 'Source': '/etc', 'Destination': '/e', 'RW': false}]}"),
            null);
    assertThat(view.facts().mounts().get(0).readOnly()).isTrue();
    assertThat(view.originOf("/mounts/0/source")).isEqualTo(Origin.inspect("HostConfig.Binds[1]"));
  }

  @Test
  void loggingSecretsAreMasked() {
    assertThat(
            hostConfig(
                    "'LogConfig': {'Type': 'splunk', 'Config': {'splunk-token': 's3cret',"
                        + " 'max-size': '10m'}}")
                .facts()
                .lifecycle()
                .logOptions())
        .containsEntry("splunk-token", "***")
        .containsEntry("max-size", "10m");
  }

  @Test
  void labelsAreThoseOfWhoeverMadeItOrOfItsImageAndKeepNoSecrets() {
    String labels =
        "{'owner': 'shop', 'of.the/image': 'x', 'api.token': 'abc', 'users': 'a:$apr1$0$1'}";
    Inspected image = ImageReader.read(json("{'Config': {'Labels': {'of.the/image': 'x'}}}"));
    View<Confinement> view =
        InspectReader.requested(json("{'Config': {'Labels': " + labels + "}}"), image);
    assertThat(view.facts().labels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("owner", "shop", "of.the/image", "x", "api.token", "***", "users", "***"));
    assertThat(sourceOf(view, "/labels/owner")).isEqualTo(Source.INSPECT);
    assertThat(sourceOf(view, "/labels/of.the~1image")).isEqualTo(Source.IMAGE);
    assertThat(sourceOf(view, "/labels/none")).isEqualTo(Source.DEFAULT);
  }
}
