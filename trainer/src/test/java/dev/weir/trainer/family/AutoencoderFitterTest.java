package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AutoencoderFitterTest {
  private static final Manifold MANIFOLD = new Manifold(42);

  private static FittedModel learned;
  private static TimeSplit split;

  @TempDir private Path folder;

  @BeforeAll
  static void learnManifold() {
    split = TimeSplit.of(MANIFOLD.history(4000), 1, SplitConfig.DEFAULT);
    learned =
        fit(
            split,
            "hiddenLayers=[16,8,2]",
            "activation=TANH",
            "epochs=40",
            "learningRate=5e-3",
            "batchSize=64");
  }

  @Test
  void shouldScoreRowsOffManifoldFarHigher() {
    // When
    double[] on = sorted(learned.scores(Samples.of(MANIFOLD.rows(2000))));
    double[] off = sorted(learned.scores(Samples.of(MANIFOLD.rowsOffManifold(2000))));

    // Then
    double ninetyNineInHundred = on[on.length * 99 / 100];
    assertThat(off[off.length / 2]).isGreaterThan(10 * ninetyNineInHundred);
    assertThat(off[off.length / 20]).isGreaterThan(ninetyNineInHundred);
  }

  @Test
  void shouldExpectValuesInUnitsOfFeatures() throws Exception {
    // Given
    Rows rows = MANIFOLD.rows(500);

    // When
    float[] expected = graphOutput(learned, rows).expected();

    // Then each column of it is near the values, in the column's own deviations
    for (int j = 0; j < rows.width(); j++) {
      double squares = 0;
      for (int i = 0; i < rows.count(); i++) {
        double error = expected[i * rows.width() + j] - rows.at(i, j);
        squares += error * error / rows.count();
      }
      double deviation = ColumnStatistics.of(Samples.of(rows), j).deviation();
      assertThat(Math.sqrt(squares)).as("column %s", j).isLessThan(0.25 * deviation);
    }
  }

  @Test
  void shouldSplitScoreOverFeatures() throws Exception {
    // Given
    Rows rows = MANIFOLD.withGaps(MANIFOLD.rowsOffManifold(500), 0.2);
    int width = rows.width();

    // When
    GraphRun.Output output = graphOutput(learned, rows);

    // Then
    for (int i = 0; i < rows.count(); i++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        float contribution = output.contributions()[i * width + j];
        assertThat(contribution).isGreaterThanOrEqualTo(0).isFinite();
        if (Float.isNaN(rows.at(i, j))) {
          assertThat(contribution).isZero();
        }
        sum += contribution;
      }
      assertThat(sum).isCloseTo(output.score()[i], within(1e-5 * (1 + sum)));
    }
  }

  @Test
  void shouldGiveMostOfScoreToFeatureThatIsWrong() throws Exception {
    // Given usual rows, with one value eight deviations off
    Rows rows = MANIFOLD.rows(400);
    float[] values = rows.copy();
    for (int i = 0; i < rows.count(); i++) {
      int j = i % rows.width();
      values[i * rows.width() + j] +=
          (float) (8 * ColumnStatistics.of(Samples.of(rows), j).deviation());
    }

    // When
    float[] contributions = graphOutput(learned, Rows.of(values, rows.width())).contributions();

    // Then
    int found = 0;
    for (int i = 0; i < rows.count(); i++) {
      int most = 0;
      for (int j = 1; j < rows.width(); j++) {
        boolean more = contributions[i * rows.width() + j] > contributions[i * rows.width() + most];
        most = more ? j : most;
      }
      found += most == i % rows.width() ? 1 : 0;
    }
    assertThat(found).isGreaterThan(rows.count() * 8 / 10);
  }

  @Test
  void shouldScoreRowAlikeInAnyBatch() throws Exception {
    // Given
    Rows rows = MANIFOLD.withGaps(MANIFOLD.rowsOffManifold(700), 0.1);
    try (GraphRun graph = new GraphRun(learned.export(), folder)) {
      float[] together = graph.run(rows).score();

      for (int size : new int[] {1, 3, 256}) {
        for (int first = 0; first < rows.count(); first += size) {
          // When
          int end = Math.min(rows.count(), first + size);
          float[] part = graph.run(rows.slice(first, end)).score();

          // Then
          for (int i = first; i < end; i++) {
            assertThat(part[i - first]).isCloseTo(together[i], within(1e-5f * (1 + together[i])));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ActivationKind.class)
  void shouldExportWhatItComputes(ActivationKind activation) {
    // Given missing values, extreme ones and a constant column
    Rows rows = difficult(1000);
    FittedModel model =
        fit(
            TimeSplit.of(Manifold.history(rows), 1, SplitConfig.DEFAULT),
            "activation=" + activation,
            "epochs=3");
    // When
    double[] own = model.scores(Samples.of(rows));
    double[] exported = OnnxScores.of(model.export(), Samples.of(rows));

    // Then
    assertThat(ExportCheck.compare(own, exported)).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    assertThat(own).hasSize(1000).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whitened", "scaled"})
  void shouldExportErrorsRelativeToWhatIsUsual(String residuals) throws Exception {
    // Given missing values, extreme ones and a constant column
    Rows rows = difficult(1000);
    FittedModel model =
        Fits.fit(
            TimeSplit.of(Manifold.history(rows), 1, SplitConfig.DEFAULT),
            "residuals=" + residuals,
            "epochs=3");

    // When
    double[] own = model.scores(Samples.of(rows));
    GraphRun.Output output = graphOutput(model, rows);

    // Then
    assertThat(ExportCheck.compare(own, OnnxScores.of(model.export(), Samples.of(rows))))
        .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    for (int i = 0; i < rows.count(); i++) {
      double sum = 0;
      for (int j = 0; j < rows.width(); j++) {
        float contribution = output.contributions()[i * rows.width() + j];
        assertThat(contribution).isGreaterThanOrEqualTo(0);
        sum += contribution;
      }
      assertThat(sum).isCloseTo(own[i], within(1e-3 * (1 + own[i])));
    }
  }

  @Test
  void shouldScoreRowWithoutAnyValueZero() {
    // Given
    float[] nothing = new float[Manifold.WIDTH];
    Arrays.fill(nothing, Float.NaN);
    Rows row = Rows.of(nothing, Manifold.WIDTH);

    // When / Then
    assertThat(learned.scores(Samples.of(row))).containsExactly(0);
    assertThat(OnnxScores.of(learned.export(), Samples.of(row))).containsExactly(0);
  }

  @Test
  void shouldNotTakeRowForMoreNormalIfValuesAreMissing() {
    // Given rows of which half of the values, drawn anew each time, are missing
    Rows rows = MANIFOLD.rowsOffManifold(2000);
    Rows gappy = MANIFOLD.withGaps(rows, 0.5);

    // When a network that gives back what it always gives back scores them
    FittedModel constant = fit(split, "hiddenLayers=[1]", "epochs=1", "learningRate=1e-9");
    double whole = Arrays.stream(constant.scores(Samples.of(rows))).average().orElseThrow();
    double withGaps = Arrays.stream(constant.scores(Samples.of(gappy))).average().orElseThrow();

    // Then
    assertThat(withGaps).isBetween(0.9 * whole, 1.3 * whole);
  }

  @Test
  void shouldNoticeChangeOfConstantColumn() {
    // Given a network that learned a constant column among others
    Rows rows = difficult(1000);
    FittedModel model =
        fit(TimeSplit.of(Manifold.history(rows), 1, SplitConfig.DEFAULT), "epochs=5");
    float[] changed = rows.copy();
    for (int i = 0; i < rows.count(); i++) {
      changed[i * rows.width() + 3] = 25;
    }

    // When
    double[] before = model.scores(Samples.of(rows));
    double[] after = model.scores(Samples.of(Rows.of(changed, rows.width())));

    // Then
    assertThat(sorted(after)[500]).isGreaterThan(sorted(before)[500] + 5);
  }

  @Test
  void shouldStopEarlyAndKeepBestEpoch() {
    // Given noise, of which nothing can be learned that holds for other rows
    Random random = new Random(9);
    float[] noise = new float[300 * 8];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    TimeSplit rows =
        TimeSplit.of(Manifold.history(Rows.of(noise, 8)), 1, new SplitConfig(0.3, 0.3));

    // When
    FittedModel model =
        fit(
            rows,
            "residuals=squared",
            "hiddenLayers=[64,6]",
            "epochs=400",
            "patience=3",
            "learningRate=2e-2",
            "batchSize=16");

    // Then
    List<EpochReport> epochs = model.epochs();
    EpochReport best = epochs.get(epochs.size() - 4);
    assertThat(epochs.size()).isBetween(4, 399);
    assertThat(best.best()).isTrue();
    assertThat(epochs.subList(epochs.size() - 3, epochs.size()))
        .allMatch(epoch -> !epoch.best() && epoch.validationLoss() >= best.validationLoss());
    assertThat(Arrays.stream(model.scores(rows.validation())).average().orElseThrow())
        .isCloseTo(best.validationLoss(), within(1e-5 * best.validationLoss()));
  }

  @Test
  void shouldTrainSameModelFromSameSeed() {
    // Given
    TimeSplit rows = TimeSplit.of(Manifold.history(difficult(1000)), 1, SplitConfig.DEFAULT);

    // When
    byte[] one = exported(rows, "seed=7");
    byte[] again = exported(rows, "seed=7");
    byte[] other = exported(rows, "seed=8");

    // Then
    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void shouldSayHowTrainingGoes() {
    // Given
    TimeSplit rows = TimeSplit.of(new Manifold(1).history(500), 1, SplitConfig.DEFAULT);
    RecordedProgress progress = new RecordedProgress();

    // When
    FittedModel model =
        new AutoencoderFitter(config("epochs=3", "batchSize=100"), FitContext.of(progress))
            .fit(Fits.preprocessor(rows), rows);

    // Then
    assertThat(progress.epochs()).isEqualTo(model.epochs()).hasSize(3);
    assertThat(progress.epochs()).extracting(EpochReport::epoch).containsExactly(1, 2, 3);
    assertThat(progress.epochs())
        .allSatisfy(
            epoch -> {
              assertThat(epoch.ofEpochs()).isEqualTo(3);
              assertThat(epoch.rows()).isEqualTo(350);
              assertThat(epoch.loss()).isPositive();
              assertThat(epoch.validationLoss()).isPositive();
              assertThat(epoch.rowsPerSecond()).isPositive();
            });
    List<String> wanted = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int done : new int[] {100, 200, 300, 350}) {
        wanted.add(epoch + "/3 " + done + "/350");
      }
    }
    assertThat(progress.batches()).isEqualTo(wanted);
    assertThat(model.family()).isEqualTo("autoencoder");
    assertThat(model.hyperparameters()).containsEntry("epochs", 3).containsEntry("batchSize", 100);
  }

  @Test
  void shouldWarnOfNetworkThatIsNoBetterThanMean() {
    // Given
    TimeSplit rows = TimeSplit.of(new Manifold(1).history(500), 1, SplitConfig.DEFAULT);
    RecordedProgress progress = new RecordedProgress();

    // When
    FittedModel untrained =
        ModelFitter.of(config("epochs=1", "learningRate=1e-9"), progress)
            .fit(Fits.preprocessor(rows), rows);

    // Then
    assertThat(untrained.epochs().get(0).validationLoss()).isGreaterThan(1);
    assertThat(progress.warnings())
        .singleElement()
        .asString()
        .contains("no better than always guessing each column's mean", "model.learningRate");
  }

  @Test
  void shouldSayThatLossIsBeyondAllBounds() {
    // Given
    TimeSplit rows = TimeSplit.of(new Manifold(1).history(500), 1, SplitConfig.DEFAULT);

    // When / Then
    assertThatThrownBy(() -> fit(rows, "learningRate=1e3", "hiddenLayers=[4]", "epochs=5"))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageMatching(
            "the training diverged in epoch 1 \\(the loss is \\d.*\\); set a smaller"
                + " model.learningRate than 1000.0");
  }

  @Test
  void shouldSayThatTrainingDiverged() {
    // Given
    TimeSplit rows = TimeSplit.of(new Manifold(1).history(500), 1, SplitConfig.DEFAULT);

    // When / Then
    assertThatThrownBy(() -> fit(rows, "learningRate=1e30", "activation=RELU", "epochs=5"))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageMatching(
            "the training diverged in epoch \\d .*set a smaller model.learningRate than 1.0E30");
  }

  private GraphRun.Output graphOutput(FittedModel model, Rows rows) throws Exception {
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      return graph.run(rows);
    }
  }

  private static byte[] exported(TimeSplit rows, String seed) {
    return fit(rows, seed, "epochs=2").export().bytes();
  }

  /** Rows on the manifold with missing values, extreme ones, and a column that is always 5. */
  private static Rows difficult(int count) {
    Manifold manifold = new Manifold(3);
    Random random = new Random(4);
    float[] values = manifold.withGaps(manifold.rows(count), 0.1).copy();
    for (int i = 0; i < count; i++) {
      values[i * Manifold.WIDTH + 3] = 5;
      if (random.nextInt(50) == 0) {
        values[i * Manifold.WIDTH + 6] = (float) (1e9 * random.nextGaussian());
      }
    }
    return Rows.of(values, Manifold.WIDTH);
  }

  private static FittedModel fit(TimeSplit rows, String... settings) {
    return new AutoencoderFitter(config(settings), FitContext.of(TrainingProgress.SILENT))
        .fit(Fits.preprocessor(rows), rows);
  }

  private static AutoencoderConfig config(String... settings) {
    return ConfigReader.of(List.of(settings), AutoencoderConfig.class);
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
