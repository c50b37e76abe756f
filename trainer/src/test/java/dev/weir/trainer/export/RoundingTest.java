package dev.weir.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.error.OperationFailedException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.Fits;
import dev.weir.trainer.family.FittedModel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingTest {
  private static final int WIDTH = 6;
  private static final FeatureSpec FEATURES = FeatureSpec.numeric(Manifold.NAMES.subList(0, WIDTH));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "family=pca",
        "family=pca window=3",
        "family=autoencoder activation=linear hiddenLayers=[2] epochs=5",
        "family=autoencoder activation=linear hiddenLayers=[2] epochs=5 residuals=whitened",
        "family=autoencoder activation=linear hiddenLayers=[2] epochs=5 residuals=scaled",
        "family=som cells=400",
        "family=ensemble members=[{family:_pca},{family:_som}]"
      })
  void shouldTakeGraphOfModelThatGivesNoiseFreeRowsBackAllButExactly(String settings) {
    // Given
    boolean window = settings.contains("window=3");
    TimeSplit split = noiseFree(window ? 3 : 1);
    FittedModel model = Fits.fit(split, settings(settings));
    double[] exported = OnnxScores.of(model.export(), split.validation());

    // When / Then
    assertThat(ExportCheck.compare(model::scores, FEATURES, split.validation(), exported))
        .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
  }

  @Test
  void shouldBearRoundingOfSmallScoresAndNothingElse() {
    // Given errors of 0.003 deviations, squared
    float[] values = new float[300];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 - 1 + 0.003f;
    }
    Samples samples = Samples.of(Rows.of(values, 1));
    FeatureSpec features = FeatureSpec.numeric(Manifold.NAMES.subList(0, 1));
    double[] own = offWholeNumbers(samples);

    // When a graph's are off by a few roundings of the numbers, a relative 3e-4 of the score
    double[] exported = Arrays.stream(own).map(score -> score * (1 + 3e-4)).toArray();

    // Then
    assertThatThrownBy(() -> ExportCheck.compare(own, exported))
        .isInstanceOf(OperationFailedException.class);
    assertThat(ExportCheck.compare(RoundingTest::offWholeNumbers, features, samples, exported))
        .isZero();
    for (double wrong : new double[] {own[7] * 1.02, own[7] * 0.98, 0, 1, Double.NaN}) {
      exported[7] = wrong;
      assertThatThrownBy(
              () -> ExportCheck.compare(RoundingTest::offWholeNumbers, features, samples, exported))
          .isInstanceOf(OperationFailedException.class)
          .hasMessageContaining("validation row 7 ");
    }
  }

  @Test
  void shouldBoundSquaredErrorByWhatSixteenRoundingsComeTo() {
    // Given a score that is the square of a single number of deviation 1
    Random random = new Random(1);
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Samples samples = Samples.of(Rows.of(values, 1));
    FeatureSpec features = FeatureSpec.numeric(Manifold.NAMES.subList(0, 1));

    // When
    double[] bounds =
        new Rounding(features, samples).bounds(RoundingTest::squares, new int[] {0, 1, 2});

    // Then 2 e δ, three times; δ of 16 roundings of the larger of 1 and the number
    for (int k = 0; k < 3; k++) {
      double delta = 16 * 0x1p-23 * Math.max(1, Math.abs(values[k]));
      double bound = 3 * 2 * Math.abs(values[k]) * delta;
      assertThat(bounds[k]).isCloseTo(bound, within(0.1 * bound));
    }
  }

  /** Words, with lines for the blanks within them. */
  private static String[] settings(String text) {
    return Arrays.stream(text.split(" "))
        .map(setting -> setting.replace('_', ' '))
        .toArray(String[]::new);
  }

  private static double[] offWholeNumbers(Samples samples) {
    double[] scores = new double[samples.count()];
    for (int i = 0; i < scores.length; i++) {
      double off = samples.at(i, 0) - Math.rint(samples.at(i, 0));
      scores[i] = off * off;
    }
    return scores;
  }

  private static double[] squares(Samples samples) {
    double[] squares = new double[samples.count()];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = (double) samples.at(i, 0) * samples.at(i, 0);
    }
    return squares;
  }

  /** Six columns that are sums of two, and nothing else. */
  private static TimeSplit noiseFree(int window) {
    Random random = new Random(5);
    double[][] loadings = {{1, 0}, {0, 1}, {0.5, 0.5}, {1, -1}, {-0.3, 0.8}, {0.2, 0.9}};
    float[] values = new float[900 * WIDTH];
    for (int row = 0; row < 900; row++) {
      double u = random.nextGaussian();
      double v = random.nextGaussian();
      for (int j = 0; j < WIDTH; j++) {
        values[row * WIDTH + j] = (float) (3 + loadings[j][0] * u + loadings[j][1] * v);
      }
    }
    LinkedRows linked = LinkedRows.ofOneKey(Rows.of(values, WIDTH));
    Samples samples = Samples.of(linked.rows(), linked.previous(), window);
    return new TimeSplit(
        samples.slice(0, 600), samples.slice(600, 750), samples.slice(750, samples.count()));
  }
}
