package dev.weir.trainer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReconstructionQualityTest {

  @Test
  void shouldMeasureEachFeatureInItsOwnWay() {
    // Given a number, a category, an hour of the day, and a constant
    FeatureSpec features =
        new FeatureSpec(
            List.of(
                Feature.numeric("n"),
                Feature.categorical("c", List.of("x", "y")),
                new Feature("h", FieldPath.parse("h"), FeatureType.HOUR_OF_DAY),
                Feature.numeric("same")));
    float[] actual = {1, 1, 23.5f, 7, 2, 2, 12, 7, 3, 1, 6, 7, 4, 0, Float.NaN, 7};
    float[] expected = {
      1, 1, 0.5f, 7,
      2, 2, 12, 7,
      3, 2, 6, 8,
      2, 0, 1, 7
    };
    Samples samples = Samples.of(Rows.of(actual, 4));

    // When, in two batches
    ReconstructionQuality quality = new ReconstructionQuality(features);
    quality.add(samples, 0, Arrays.copyOfRange(expected, 0, 8));
    quality.add(samples, 2, Arrays.copyOfRange(expected, 8, 16));

    // Then: the number's squares around 2.5 sum to 5, those of its residuals to 4
    assertThat(quality.determination(0)).isCloseTo(1 - 4 / 5.0, within(1e-9));
    assertThat(quality.residualDeviation(0)).isCloseTo(1, within(1e-9));
    assertThat(quality.determination(1)).isEqualTo(0.75);
    assertThat(quality.residualDeviation(1)).isNull();
    assertThat(quality.determination(2)).isNull();
    assertThat(quality.residualDeviation(2)).isCloseTo(Math.sqrt(1 / 3.0), within(1e-6));
    assertThat(quality.determination(3)).isNull();
    assertThat(quality.residualDeviation(3)).isCloseTo(0.5, within(1e-9));
  }
}
