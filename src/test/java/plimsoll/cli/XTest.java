package plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class XTest {
  @Test
  void works() {
    assertThat(new ClassFileImporter().importPackages("plimsoll")).isNotEmpty();
  }
}
