package dev.weir.trainer.som;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.GridShape;
import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.SomInitialisation;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingProgress;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SomTrainerTest {

  /** Uniform on a sheet of 4 by 1 in three dimensions. */
  private static SomSamples sheet(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * 3];
    for (int i = 0; i < count; i++) {
      float u = 4 * random.nextFloat();
      float v = random.nextFloat();
      values[i * 3] = u;
      values[i * 3 + 1] = v;
      values[i * 3 + 2] = u + v;
    }
    return SomSamples.of(values, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "batch,hexagonal,pca",
    "batch,rectangular,pca",
    "batch,hexagonal,sample",
    "batch,rectangular,random",
    "online,hexagonal,pca",
    "online,rectangular,sample",
    "online,hexagonal,random"
  })
  void shouldUnfoldOverSheet(String training, String grid, String initialisation) {
    // Given
    SomSamples samples = sheet(2000, 1);

    // When
    SomMap map =
        run(
                samples,
                "rows=4",
                "columns=14",
                "finalRadius=0.5",
                "training=" + training,
                "grid=" + grid,
                "initialisation=" + initialisation)
            .map();

    // Then the sheet, of a variance of 1, is covered by patches of a 56th of it
    assertThat(map.training().quantisation()).isLessThan(0.03);
    assertThat(map.validation().quantisation()).isLessThan(0.03);
    assertThat(map.validation().topographic()).isLessThan(0.2);
  }

  @Test
  void shouldReportEachEpoch() {
    // Given
    RecordedProgress progress = new RecordedProgress();

    // When
    SomTrainer.Result result =
        new SomTrainer(config("cells=20", "epochs=6", "patience=100"), progress)
            .run(sheet(300, 1), sheet(100, 2));

    // Then
    assertThat(result.epochs()).hasSize(6).isEqualTo(progress.epochs());
    assertThat(progress.batches()).hasSize(6).startsWith("1/6 300/300");
    EpochReport best =
        result.epochs().stream().filter(EpochReport::best).reduce((a, b) -> b).orElseThrow();
    assertThat(result.map().validation().quantisation())
        .isCloseTo(best.validationLoss(), within(1e-12));
    assertThat(result.epochs())
        .allSatisfy(epoch -> assertThat(epoch.validationLoss()).isGreaterThan(0))
        .allSatisfy(
            epoch ->
                assertThat(epoch.validationLoss()).isGreaterThanOrEqualTo(best.validationLoss()));
  }

  @Test
  void shouldStopOnceErrorNoLongerFalls() {
    // When three quarters of 100 epochs are for unfolding
    SomTrainer.Result result = run(sheet(300, 1), "cells=20", "epochs=100", "patience=2");

    // Then
    int last = result.epochs().size();
    assertThat(last).isGreaterThan(75).isLessThan(100);
    assertThat(result.epochs().get(last - 1).best()).isFalse();
    assertThat(result.epochs().get(last - 2).best()).isFalse();
  }

  @Test
  void shouldStartFromHalfOfLongerSide() {
    // When / Then
    assertThat(run(sheet(300, 1), "rows=3", "columns=10", "epochs=1").radius()).isEqualTo(5);
    assertThat(run(sheet(300, 1), "rows=3", "columns=10", "epochs=1", "radius=2").radius())
        .isEqualTo(2);
  }

  @Test
  void shouldMakeTwoThousandCellsInShapeOfData() {
    // When
    SomGrid grid = run(sheet(900, 1), "epochs=1").map().grid();

    // Then the deviations are √(4/3 + 4/3 + ...) apart by a factor of 4, nearly
    assertThat(grid.shape()).isEqualTo(GridShape.HEXAGONAL);
    assertThat(grid.cells()).isBetween(1900, 2100);
    double ratio = grid.columns() / (grid.rows() * SomGrid.HEXAGONAL_ROW);
    assertThat(ratio).isBetween(3.2, 4.4);
  }

  @Test
  void shouldFindPlaneOfLargestVariance() {
    // Given deviations 3, 2 and 0.1 along turned axes, and some values missing
    Random random = new Random(8);
    float[] values = new float[5000 * 3];
    for (int i = 0; i < 5000; i++) {
      double a = 3 * random.nextGaussian();
      double b = 2 * random.nextGaussian();
      values[i * 3] = (float) (0.6 * a - 0.8 * b + 10);
      values[i * 3 + 1] = (float) (0.1 * random.nextGaussian());
      values[i * 3 + 2] = (float) (0.8 * a + 0.6 * b - 5);
    }

    // When
    PrincipalPlane plane = PrincipalPlane.of(SomSamples.of(values, 3), 1);

    // Then
    assertThat(plane.mean()).containsExactly(new double[] {10, 0, -5}, within(0.2));
    assertThat(plane.deviations()).containsExactly(new double[] {3, 2}, within(0.1));
    assertThat(Math.abs(0.6 * plane.axes()[0][0] + 0.8 * plane.axes()[0][2]))
        .isCloseTo(1, within(1e-2));
    assertThat(Math.abs(-0.8 * plane.axes()[1][0] + 0.6 * plane.axes()[1][2]))
        .isCloseTo(1, within(1e-2));
  }

  @ParameterizedTest
  @EnumSource(SomInitialisation.class)
  void shouldInitialiseConstantAndMissingColumnsWithNumbers(SomInitialisation kind) {
    // Given two columns of nothing but 3, and one without any value
    float[] values = new float[30 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 2 ? Float.NaN : 3;
    }
    SomSamples samples = SomSamples.of(values, 3);
    PrincipalPlane plane = PrincipalPlane.of(samples, 1);

    // When
    float[] weights =
        new InitialWeights(
                new SomGrid(GridShape.RECTANGULAR, 4, 10), samples, plane, new SplittableRandom(1))
            .make(kind)
            .rowByRow();

    // Then
    for (int i = 0; i < weights.length; i++) {
      assertThat(weights[i]).isEqualTo(i % 3 == 2 ? 0 : 3);
    }
  }

  @ParameterizedTest
  @CsvSource({"batch", "online"})
  void shouldTrainAlikeWithSameSeed(String training) {
    // Given
    String[] settings = {"training=" + training, "cells=30", "epochs=4", "initialisation=sample"};

    // When / Then
    float[] weights = run(sheet(500, 1), settings).map().weights();
    assertThat(run(sheet(500, 1), settings).map().weights()).isEqualTo(weights);
    settings[3] = "seed=2";
    assertThat(run(sheet(500, 1), settings).map().weights()).isNotEqualTo(weights);
  }

  private static SomTrainer.Result run(SomSamples samples, String... settings) {
    return new SomTrainer(config(settings), TrainingProgress.SILENT).run(samples, sheet(500, 77));
  }

  private static SomConfig config(String... settings) {
    return SomConfigs.of(settings);
  }
}
