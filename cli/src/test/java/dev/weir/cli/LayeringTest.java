package dev.weir.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the architecture: who may use whom. */
class LayeringTest {
  private static final JavaClasses WEIR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.weir");

  @Test
  void shouldUseModulesDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.weir..")
        .layer("model")
        .definedBy("dev.weir.model..")
        .layer("schemas")
        .definedBy("dev.weir.schemas..")
        .layer("broker")
        .definedBy("dev.weir.broker..")
        .layer("trainer")
        .definedBy("dev.weir.trainer..")
        .layer("scorer")
        .definedBy("dev.weir.scorer..")
        .layer("cli")
        .definedBy("dev.weir.cli..")
        .layer("apicurio")
        .definedBy("dev.weir.apicurio..")
        .whereLayer("apicurio")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("trainer")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("scorer")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("broker")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("schemas")
        .mayOnlyBeAccessedByLayers("trainer", "scorer", "cli")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("schemas", "trainer", "scorer", "cli")
        .check(WEIR);
  }

  @Test
  void shouldKeepTheModelFreeOfKafkaAndOfDeepLearning() {
    noClasses()
        .that()
        .resideInAPackage("dev.weir.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "ai.djl..", "ai.onnxruntime..")
        .check(WEIR);
  }

  /** See {@code dev.weir.trainer.network.Scalars}: it would spoil gradients now and then. */
  @Test
  void shouldMultiplyByNoPlainNumberWhereGradientsAreTaken() {
    for (String product : new String[] {"mul", "div"}) {
      noClasses()
          .that()
          .resideInAPackage("dev.weir.trainer..")
          .should()
          .callMethod("ai.djl.ndarray.NDArray", product, "java.lang.Number")
          .check(WEIR);
    }
  }

  @Test
  void shouldKeepDeepLearningOutOfTheTopologyAndKafkaOutOfInference() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.weir.scorer.topology..", "dev.weir.scorer.alert..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "io.micrometer..")
        .check(WEIR);
    noClasses()
        .that()
        .resideInAnyPackage("dev.weir.scorer.inference..", "dev.weir.scorer.alert..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "io.micrometer..")
        .check(WEIR);
  }

  @Test
  void shouldTouchKafkaStreamsInternalsInOneClassOnly() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.weir\\.scorer\\.topology\\.CommitBoundary(\\$.*)?")
        .and()
        .resideInAPackage("dev.weir.scorer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka.streams.processor.internals..",
            "org.apache.kafka.streams.state.internals..")
        .check(WEIR);
  }

  /** None of these is in the scorer's image. */
  @Test
  void shouldScoreWithoutTrainerAndBroker() {
    noClasses()
        .that()
        .haveFullyQualifiedName("dev.weir.cli.WeirScorer")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.weir.trainer..",
            "dev.weir.broker..",
            "dev.weir.cli.demo..",
            "ai.djl.pytorch..",
            "org.HdrHistogram..")
        .check(WEIR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "schemas", "trainer", "scorer", "cli"})
  void shouldHaveNoCyclesBetweenAModulesPackages(String module) {
    slices().matching("dev.weir." + module + ".(*)..").should().beFreeOfCycles().check(WEIR);
  }
}
