package dev.weir.trainer.som;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.GridShape;
import dev.weir.trainer.config.Neighbourhood;
import dev.weir.trainer.config.SomConfig;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Single steps of training on a map of three cells in a row, (0, 0), (1, 1) and (4, 4), against
 * numbers worked out by hand. {@code exp(-1/2)} = 0.6065307, {@code exp(-2)} = 0.1353353.
 */
final class TrainingStepTest {
  private static final SomGrid GRID = new SomGrid(GridShape.RECTANGULAR, 1, 3);
  private static final Offset<Float> CLOSE = within(1e-6f);

  /** Nearest to the middle cell, at squared distances 5, 1 and 13. */
  private static final SomSamples ONE = SomSamples.of(new float[] {1, 2}, 2);

  /** The first cell wins the first, the middle one the next two, the last one the last. */
  private static final SomSamples FOUR = SomSamples.of(new float[] {0, 0.5f, 1, 2, 2, 1, 5, 5}, 2);

  private final Codebook codebook = new Codebook(new float[] {0, 0, 1, 1, 4, 4}, 2);

  @Test
  void shouldMoveWinnerAlone() {
    // When
    double error = online(Neighbourhood.NONE, 1).run(codebook, ONE, 0);

    // Then it goes half of the way from (1, 1) to (1, 2); the error is that before the step
    assertThat(codebook.rowByRow()).containsExactly(new float[] {0, 0, 1, 1.5f, 4, 4}, CLOSE);
    assertThat(error).isEqualTo(0.5);
  }

  @Test
  void shouldMoveNeighboursByGaussian() {
    // When
    online(Neighbourhood.GAUSSIAN, 1).run(codebook, ONE, 0);

    // Then the neighbours go 0.5 · 0.6065307 of the way
    assertThat(codebook.rowByRow())
        .containsExactly(
            new float[] {0.3032653f, 0.6065307f, 1, 1.5f, 3.090204f, 3.3934693f}, CLOSE);
  }

  @Test
  void shouldMoveAllWithinBubble() {
    // When
    online(Neighbourhood.BUBBLE, 1).run(codebook, ONE, 0);

    // Then all go half of the way
    assertThat(codebook.rowByRow()).containsExactly(new float[] {0.5f, 1, 1, 1.5f, 2.5f, 3}, CLOSE);
  }

  @Test
  void shouldMoveNobodyBeyondBubble() {
    // When
    online(Neighbourhood.BUBBLE, 0.99).run(codebook, ONE, 0);

    // Then
    assertThat(codebook.rowByRow()).containsExactly(new float[] {0, 0, 1, 1.5f, 4, 4}, CLOSE);
  }

  @Test
  void shouldMoveInPresentColumnsOnly() {
    // Given a sample that is nearest to the last cell in the only column that it has
    SomSamples gappy = SomSamples.of(new float[] {Float.NaN, 3}, 2);

    // When
    double error = online(Neighbourhood.NONE, 1).run(codebook, gappy, 0);

    // Then
    assertThat(codebook.rowByRow()).containsExactly(new float[] {0, 0, 1, 1, 4, 3.5f}, CLOSE);
    assertThat(error).isEqualTo(1);
  }

  @Test
  void shouldTakeWeightedMeansInBatch() {
    // When
    double error = batch(Neighbourhood.GAUSSIAN, 1).run(codebook, FOUR, 0);

    // Then the first is (A + 0.6065307 (B + C) + 0.1353353 D) / 2.3483967, and so on
    assertThat(codebook.rowByRow())
        .containsExactly(
            new float[] {1.0629671f, 1.2758784f, 1.8775407f, 1.9719259f, 2.9039354f, 2.9327497f},
            CLOSE);
    assertThat(error).isCloseTo((0.125 + 0.5 + 0.5 + 1) / 4, within(1e-9));
  }

  @Test
  void shouldTakeMeansOfBubbleInBatch() {
    // When
    batch(Neighbourhood.BUBBLE, 1).run(codebook, FOUR, 0);

    // Then
    assertThat(codebook.rowByRow())
        .containsExactly(new float[] {1, 3.5f / 3, 2, 2.125f, 8f / 3, 8f / 3}, CLOSE);
  }

  @Test
  void shouldTakeMeansOfOwnSamplesWithoutNeighbourhood() {
    // When
    batch(Neighbourhood.NONE, 1).run(codebook, FOUR, 0);

    // Then
    assertThat(codebook.rowByRow()).containsExactly(new float[] {0, 0.5f, 1.5f, 1.5f, 5, 5}, CLOSE);
  }

  @Test
  void shouldLeaveCellThatNobodyNearWon() {
    // When only the middle cell wins
    batch(Neighbourhood.NONE, 1).run(codebook, ONE, 0);

    // Then
    assertThat(codebook.rowByRow()).containsExactly(new float[] {0, 0, 1, 2, 4, 4}, CLOSE);
  }

  @Test
  void shouldTakeMeansOverPresentValuesInBatch() {
    // Given the second sample's second value is missing
    SomSamples gappy = SomSamples.of(new float[] {0, 0.5f, 1, Float.NaN, 2, 1, 5, 5}, 2);

    // When
    batch(Neighbourhood.GAUSSIAN, 1).run(codebook, gappy, 0);

    // Then the second column of the first is (A + 0.6065307 C + 0.1353353 D) / 1.7418659
    assertThat(codebook.rowByRow())
        .containsExactly(
            new float[] {1.0629671f, 1.0237339f, 1.8775407f, 1.9592402f, 2.9039354f, 3.2575402f},
            CLOSE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 7, 8, 9})
  void shouldCoolExponentiallyForThreeQuartersOfEpochs(int epoch) {
    // Given 10 epochs: over the first 8, from 8 to 0.5 and from 0.4 to 0.1
    Cooling cooling =
        new Cooling(
            SomConfigs.of(
                "epochs=10", "finalRadius=0.5", "learningRate=0.4", "finalLearningRate=0.1"),
            8);

    // When / Then
    double done = Math.min(7, epoch) / 7.0;
    assertThat(cooling.unfolding()).isEqualTo(8);
    assertThat(cooling.radius(epoch)).isCloseTo(8 * Math.pow(2, -4 * done), within(1e-12));
    assertThat(cooling.rate(epoch)).isCloseTo(0.4 * Math.pow(2, -2 * done), within(1e-12));
  }

  private static SomEpoch online(Neighbourhood neighbourhood, double radius) {
    return new OnlineEpoch(GRID, neighbourhood, constant(radius), new SplittableRandom(1));
  }

  private static SomEpoch batch(Neighbourhood neighbourhood, double radius) {
    return new BatchEpoch(GRID, neighbourhood, constant(radius));
  }

  /** A learning rate of a half. */
  private static Cooling constant(double radius) {
    SomConfig config =
        SomConfigs.of("learningRate=0.5", "finalLearningRate=0.5", "finalRadius=" + radius);
    return new Cooling(config, radius);
  }
}
