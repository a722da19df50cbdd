package plimsoll;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import org.jspecify.annotations.NullMarked;

/** The packages as they are: who may see whom, and who may touch the world. */
@AnalyzeClasses(packages = "plimsoll", importOptions = ArchitectureTest.ProductOnly.class)
class ArchitectureTest {

  /** Leaves out the tests, in whatever folder the build put them. */
  static final class ProductOnly implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("plimsoll.model")
          .layer("yaml")
          .definedBy("plimsoll.yaml")
          .layer("wire")
          .definedBy("plimsoll.wire")
          .layer("client")
          .definedBy("plimsoll.client")
          .layer("collect")
          .definedBy("plimsoll.collect")
          .layer("read")
          .definedBy("plimsoll.read")
          .layer("derive")
          .definedBy("plimsoll.derive")
          .layer("rule")
          .definedBy("plimsoll.rule")
          .layer("finding")
          .definedBy("plimsoll.finding")
          .layer("engine")
          .definedBy("plimsoll.engine")
          .layer("report")
          .definedBy("plimsoll.report..")
          .layer("launch")
          .definedBy("plimsoll.launch")
          .layer("shell")
          .definedBy("plimsoll.shell")
          .layer("dockerfile")
          .definedBy("plimsoll.dockerfile")
          .layer("archive")
          .definedBy("plimsoll.archive")
          .layer("rego")
          .definedBy("plimsoll.rego")
          .layer("layers")
          .definedBy("plimsoll.layers")
          .layer("gate")
          .definedBy("plimsoll.gate")
          .layer("profile")
          .definedBy("plimsoll.profile")
          .layer("cli")
          .definedBy("plimsoll.cli")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("wire")
          .mayOnlyAccessLayers("model")
          .whereLayer("yaml")
          .mayOnlyAccessLayers("model")
          .whereLayer("client")
          .mayNotAccessAnyLayer()
          .whereLayer("collect")
          .mayOnlyAccessLayers("client", "dockerfile", "layers", "wire", "model")
          .whereLayer("read")
          .mayOnlyAccessLayers("wire", "yaml", "model")
          .whereLayer("derive")
          .mayOnlyAccessLayers("model")
          .whereLayer("rego")
          .mayOnlyAccessLayers("archive", "model")
          .whereLayer("archive")
          .mayNotAccessAnyLayer()
          .whereLayer("rule")
          .mayOnlyAccessLayers("rego", "yaml", "model")
          .whereLayer("finding")
          .mayOnlyAccessLayers("rule", "model")
          .whereLayer("engine")
          .mayOnlyAccessLayers("rule", "finding", "rego", "model")
          .whereLayer("report")
          .mayOnlyAccessLayers("finding", "rule", "model")
          .whereLayer("launch")
          .mayOnlyAccessLayers("client", "read")
          .whereLayer("profile")
          .mayOnlyAccessLayers("read", "yaml", "rule", "model")
          .whereLayer("shell")
          .mayNotAccessAnyLayer()
          .whereLayer("dockerfile")
          .mayOnlyAccessLayers("shell", "wire", "model")
          .whereLayer("layers")
          .mayOnlyAccessLayers("archive", "wire", "model")
          .whereLayer("gate")
          .mayOnlyAccessLayers("shell", "dockerfile", "read", "wire", "yaml", "model")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule everyClassIsInAKnownPackage =
      noClasses()
          .should()
          .resideOutsideOfPackages(
              "plimsoll.model",
              "plimsoll.yaml",
              "plimsoll.wire",
              "plimsoll.client",
              "plimsoll.collect",
              "plimsoll.read",
              "plimsoll.derive",
              "plimsoll.rule",
              "plimsoll.finding",
              "plimsoll.engine",
              "plimsoll.report",
              "plimsoll.report.html",
              "plimsoll.launch",
              "plimsoll.shell",
              "plimsoll.dockerfile",
              "plimsoll.archive",
              "plimsoll.rego",
              "plimsoll.layers",
              "plimsoll.gate",
              "plimsoll.profile",
              "plimsoll.cli");

  @ArchTest
  static final ArchRule noCycles = slices().matching("plimsoll.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule judgingTouchesNoFileSocketEngineOrCommandLine =
      noClasses()
          .that()
          .resideInAnyPackage(
              "plimsoll.model",
              "plimsoll.yaml",
              "plimsoll.shell",
              "plimsoll.dockerfile",
              "plimsoll.archive",
              "plimsoll.rego",
              "plimsoll.layers",
              "plimsoll.derive",
              "plimsoll.rule",
              "plimsoll.finding",
              "plimsoll.engine")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.nio.file..",
                      "java.net..",
                      "java.nio.channels..",
                      "com.github.dockerjava..",
                      "picocli..")
                  .or(
                      com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                          java.io.File.class)));

  @ArchTest
  static final ArchRule onlyTheClientKnowsHowAnEngineIsTalkedTo =
      noClasses()
          .that(resideOutsideOfPackages("plimsoll.client"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("plimsoll.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that(resideOutsideOfPackages("plimsoll.cli"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(NullMarked.class);
}
