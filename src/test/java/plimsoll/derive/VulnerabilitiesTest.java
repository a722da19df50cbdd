package plimsoll.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.derive.Vulnerabilities.Advisory;
import plimsoll.model.Host.Component;

/** The table of known ways out, and which versions it speaks of. */
class VulnerabilitiesTest {
  private static Component component(String name, String version, String mended) {
    return new Component(
        name, version, null, true, new TreeSet<>(List.of(mended.split(" "))), List.of());
  }

  private static String of(String name, String version, String mended) {
    return String.join(" ", Vulnerabilities.table().of(component(name, version, mended)));
  }

  @ParameterizedTest
  @CsvSource({
    "runc, 1.0.0-rc6, CVE-2019-5736, true",
    "runc, 1.0.0-rc7, CVE-2019-5736, false",
    "runc, 1.0.0-rc92, CVE-2024-21626, false",
    "runc, 1.0.0-rc93, CVE-2024-21626, true",
    "runc, 1.1.11, CVE-2024-21626, true",
    "runc, 1.1.12, CVE-2024-21626, false",
    "runc, 1.1.99, CVE-2025-31133, true",
    "runc, 1.2.7, CVE-2025-31133, true",
    "runc, 1.2.8, CVE-2025-31133, false",
    "runc, 1.3.2, CVE-2025-31133, true",
    "runc, 1.3.3, CVE-2025-31133, false",
    "runc, 1.4.0-rc.2, CVE-2025-31133, true",
    "runc, 1.4.0, CVE-2025-31133, false",
    "runc, 1.5.1, CVE-2025-31133, false",
    "containerd, 1.7.26, CVE-2026-46680, false",
    "containerd, v2.1.9, CVE-2026-46680, true",
    "containerd, 2.3.1, CVE-2026-46680, false",
    "docker, 20.10.8, CVE-2021-41091, true",
    "docker, 20.10.24+dfsg1, CVE-2021-41091, false",
    "docker, 28.5.2, CVE-2024-23651, false",
  })
  void affectedIsWhatIsBeforeTheFirstMendedOfItsSeries(
      String name, String version, String id, boolean affected) {
    assertThat(of(name, version, "").contains(id)).isEqualTo(affected);
  }

  @Test
  void whatADistributionSaysItHasMendedIsMended() {
    assertThat(of("runc", "1.1.5+ds1", "CVE-2024-21626 GHSA-9493-h29p-rfm2"))
        .doesNotContain("CVE-2024-21626", "CVE-2025-31133")
        .contains("CVE-2025-52881 in runc (");
  }

  @Test
  void aVersionThatIsNoneIsNotGuessedAt() {
    assertThat(of("runc", "N/A", "")).isEmpty();
  }

  @Test
  void everyEntrySaysWhatItIsAndWhereItWasMended() {
    assertThat(Vulnerabilities.table().checked()).matches("20[0-9]{2}-[01][0-9]-[0-3][0-9]");
    assertThat(Vulnerabilities.table().advisories()).hasSizeGreaterThan(12);
    for (Advisory advisory : Vulnerabilities.table().advisories()) {
      assertThat(advisory.component()).isIn("docker", "containerd", "runc");
      assertThat(advisory.ids())
          .isNotEmpty()
          .allMatch(id -> id.matches("CVE-20[0-9]{2}-[0-9]{4,6}|GHSA(-[2-9a-z]{4}){3}"));
      assertThat(advisory.ids().get(0)).startsWith("CVE-");
      assertThat(advisory.what()).isNotBlank();
      assertThat(advisory.mended()).isNotEmpty().isSorted();
    }
  }
}
