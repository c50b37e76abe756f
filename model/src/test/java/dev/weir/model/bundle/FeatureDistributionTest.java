package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A manifest's distributions are those of its features. */
class FeatureDistributionTest {
  private static final FeatureSpec FEATURES =
      new FeatureSpec(
          List.of(
              Feature.numeric("cpu"),
              new Feature("up", FieldPath.parse("up"), FeatureType.BOOLEAN),
              Feature.categorical("rack", List.of("a", "b")),
              new Feature("hour", FieldPath.parse("at"), FeatureType.HOUR_OF_DAY)));

  private static Manifest manifest(List<FeatureDistribution> distributions) {
    Manifest plain = SampleBundle.manifest();
    return new Manifest(
        plain.formatVersion(),
        plain.name(),
        plain.version(),
        plain.family(),
        plain.window(),
        plain.maxGapMillis(),
        FEATURES,
        plain.calibration(),
        plain.threshold(),
        plain.provenance(),
        plain.modelSha256(),
        null,
        distributions);
  }

  private static FeatureDistribution of(String feature, int edges, int counts) {
    return new FeatureDistribution(
        feature,
        List.of(1f, 2f, 3f).subList(0, edges),
        List.of(1L, 2L, 3L, 4L).subList(0, counts),
        5);
  }

  @Test
  void shouldTakeThoseThatTheTrainerWrites() {
    List<FeatureDistribution> all = List.of(of("cpu", 3, 4), of("up", 0, 2), of("rack", 0, 3));
    List<FeatureDistribution> ofNothing = List.of(of("cpu", 0, 1));

    assertThat(manifest(all).distributions()).isEqualTo(all);
    assertThat(manifest(ofNothing).distributions()).isEqualTo(ofNothing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          cpu  ~ 0 ~ 4 ~ the distribution of 'cpu', which is NUMERIC, has 4 counts and not 1
          up   ~ 0 ~ 1 ~ the distribution of 'up', which is BOOLEAN, has 1 counts and not 2
          up   ~ 1 ~ 2 ~ the distribution of 'up', which is BOOLEAN, has edges
          rack ~ 0 ~ 4 ~ the distribution of 'rack', which is CATEGORICAL, has 4 counts and not 3
          rack ~ 0 ~ 2 ~ the distribution of 'rack', which is CATEGORICAL, has 2 counts and not 3
          rack ~ 2 ~ 3 ~ the distribution of 'rack', which is CATEGORICAL, has edges
          hour ~ 3 ~ 4 ~ feature 'hour' follows the clock, and has a distribution
          disk ~ 3 ~ 4 ~ 'distributions' has one of 'disk', which is no feature of the model
          """)
  void shouldRefuseThoseOfOtherValues(String feature, int edges, int counts, String problem) {
    FeatureDistribution wrong = of(feature, edges, counts);

    assertThatThrownBy(() -> manifest(List.of(wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @Test
  void shouldRefuseTwoOfOneFeature() {
    FeatureDistribution twice = of("up", 0, 2);

    assertThatThrownBy(() -> manifest(List.of(twice, twice)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'distributions' has two of 'up'");
  }
}
