package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.ColumnStatistics;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.MixedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SequenceAutoencoderFitterTest {
  private static final int WINDOW = 6;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        SequenceConfig.LSTM,
        SequenceConfig.GRU,
        SequenceConfig.TRANSFORMER,
      })
  void shouldFlagRightValuesAtWrongMoment(String family) {
    // Given a rhythm, and windows of it of which half have a newest row out of step
    Rhythm rhythm = new Rhythm(5);
    TimeSplit split = TimeSplit.of(Manifold.history(rhythm.rows(3000, 0)), 12, SplitConfig.DEFAULT);
    Samples inStep = rhythm.windows(500, 12, 0);
    Samples outOfStep = rhythm.windows(500, 12, Rhythm.PERIOD / 3.0);

    // When
    FittedModel model =
        fit(
            split,
            family,
            "window=12",
            "hiddenSize=24",
            "codeSize=4",
            "epochs=12",
            "batchSize=32",
            "learningRate=5e-3");

    // Then
    assertThat(flagged(model, inStep, outOfStep)).isGreaterThan(0.95);
  }

  @Test
  void shouldBeNeededForRightValuesAtWrongMoment() {
    // Given the same rhythm
    Rhythm rhythm = new Rhythm(5);
    TimeSplit rows = TimeSplit.of(Manifold.history(rhythm.rows(3000, 0)), 1, SplitConfig.DEFAULT);
    Samples inStep = rhythm.windows(500, 12, 0).last(1);
    Samples outOfStep = rhythm.windows(500, 12, Rhythm.PERIOD / 3.0).last(1);

    // When each row is looked at alone
    AutoencoderConfig config =
        ConfigReader.of(
            List.of("hiddenLayers=[16,8,2]", "epochs=30", "batchSize=32"), AutoencoderConfig.class);
    FittedModel rowByRow =
        ModelFitter.of(config, TrainingProgress.SILENT).fit(Fits.preprocessor(rows), rows);

    // Then
    assertThat(flagged(rowByRow, inStep, outOfStep)).isLessThan(0.1);
  }

  /** The share of others that score higher than 99 of 100 normal samples. */
  private static double flagged(FittedModel model, Samples normal, Samples others) {
    double[] usual = model.scores(normal);
    Arrays.sort(usual);
    double bound = usual[usual.length * 99 / 100];
    return Arrays.stream(model.scores(others)).filter(score -> score > bound).count()
        / (double) others.count();
  }

  @ParameterizedTest
  @CsvSource({
    "lstm-autoencoder, 1, 6",
    "lstm-autoencoder, 2, 6",
    "gru-autoencoder, 1, 2",
    "gru-autoencoder, 3, 6",
    "transformer-autoencoder, 1, 6",
    "transformer-autoencoder, 2, 6",
  })
  void shouldExportWhatItComputes(String family, int layers, int window) {
    // Given missing values, extreme ones and a constant column
    Rows rows = difficult(600);
    TimeSplit split = TimeSplit.of(Manifold.history(rows), window, SplitConfig.DEFAULT);
    Samples samples = Manifold.history(rows).samples(window);

    // When
    FittedModel model = fit(split, family, "layers=" + layers, "window=" + window, "epochs=2");
    double[] own = model.scores(samples);
    double[] exported = OnnxScores.of(model.export(), samples);

    // Then
    assertThat(ExportCheck.compare(own, exported)).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    assertThat(own).hasSize(600 - window + 1).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {SequenceConfig.LSTM, SequenceConfig.TRANSFORMER})
  void shouldExportWhatItComputesOfFeaturesOfAllTypes(String family) {
    // Given
    History history =
        new History(
            MixedRows.FEATURES,
            LinkedRows.ofOneKey(MixedRows.of(500, 0.1)),
            List.of(),
            0,
            List.of(),
            "a mixture");
    TimeSplit split = TimeSplit.of(history, WINDOW, SplitConfig.DEFAULT);
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.ROBUST, 10, true).fit(MixedRows.FEATURES);

    // When
    FittedModel model =
        new SequenceAutoencoderFitter(
                config(family, "window=" + WINDOW, "epochs=2"),
                FitContext.of(TrainingProgress.SILENT))
            .fit(preprocessor, split);

    // Then
    Samples samples = history.samples(WINDOW);
    double[] own = model.scores(samples);
    assertThat(ExportCheck.compare(own, OnnxScores.of(model.export(), samples)))
        .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    assertThat(own).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {SequenceConfig.GRU, SequenceConfig.TRANSFORMER})
  void shouldSplitScoreOfNewestRowOverItsFeatures(String family) throws Exception {
    // Given
    Rows rows = difficult(400);
    TimeSplit split = TimeSplit.of(Manifold.history(rows), WINDOW, SplitConfig.DEFAULT);
    Samples samples = Manifold.history(rows).samples(WINDOW);
    int width = rows.width();

    // When
    GraphRun.Output output;
    FittedModel model = fit(split, family, "window=" + WINDOW, "epochs=2");
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      output = graph.run(samples);
    }

    // Then
    for (int i = 0; i < samples.count(); i++) {
      double sum = 0;
      for (int j = 0; j < width; j++) {
        float contribution = output.contributions()[i * width + j];
        assertThat(contribution).isGreaterThanOrEqualTo(0).isFinite();
        if (Float.isNaN(samples.at(i, j))) {
          assertThat(contribution).isZero();
        }
        sum += contribution;
      }
      assertThat(sum).isCloseTo(output.score()[i], within(1e-5 * (1 + sum)));
    }
  }

  @Test
  void shouldExpectNewestRowInUnitsOfFeatures() throws Exception {
    // Given
    Rows rows = new Rhythm(8).rows(1500, 0);
    TimeSplit split = TimeSplit.of(Manifold.history(rows), WINDOW, SplitConfig.DEFAULT);
    FittedModel model =
        fit(
            split,
            SequenceConfig.GRU,
            "window=" + WINDOW,
            "epochs=15",
            "batchSize=32",
            "learningRate=5e-3");

    // When
    Samples samples = split.calibration();
    float[] expected;
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      expected = graph.run(samples).expected();
    }

    // Then each column of it is near the values, in the column's own deviations
    for (int j = 0; j < rows.width(); j++) {
      double squares = 0;
      for (int i = 0; i < samples.count(); i++) {
        double error = expected[i * rows.width() + j] - samples.at(i, j);
        squares += error * error / samples.count();
      }
      double deviation = ColumnStatistics.of(samples, j).deviation();
      assertThat(Math.sqrt(squares)).as("column %s", j).isLessThan(0.35 * deviation);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SequenceConfig.LSTM,
        SequenceConfig.GRU,
        SequenceConfig.TRANSFORMER,
      })
  void shouldKeepNetworkOfBestEpochAndScoreByItsLoss(String family) {
    // Given
    TimeSplit split =
        TimeSplit.of(Manifold.history(new Rhythm(6).rows(700, 0)), WINDOW, SplitConfig.DEFAULT);

    // When
    FittedModel model =
        fit(split, family, "window=" + WINDOW, "layers=2", "dropout=0.2", "epochs=4");

    // Then
    double best =
        model.epochs().stream()
            .min(Comparator.comparing(EpochReport::validationLoss))
            .orElseThrow()
            .validationLoss();
    assertThat(Arrays.stream(model.scores(split.validation())).average().orElseThrow())
        .isCloseTo(best, within(1e-4 * best));
    assertThat(model.hyperparameters()).containsEntry("layers", 2).containsEntry("epochs", 4);
  }

  @Test
  void shouldSumWindowUpInCode() {
    // Given
    TimeSplit split =
        TimeSplit.of(Manifold.history(new Rhythm(6).rows(400, 0)), WINDOW, SplitConfig.DEFAULT);
    FittedModel model =
        fit(split, SequenceConfig.GRU, "window=" + WINDOW, "codeSize=3", "epochs=1");

    // When
    float[] codes = model.codes(split.validation()).orElseThrow();

    // Then
    assertThat(codes).hasSize(3 * split.validation().count()).doesNotContain(Float.NaN);
    assertThat(Arrays.copyOf(codes, 3)).isNotEqualTo(Arrays.copyOfRange(codes, 3, 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SequenceConfig.LSTM,
        SequenceConfig.GRU,
        SequenceConfig.TRANSFORMER,
      })
  void shouldTrainSameModelFromSameSeed(String family) {
    // Given
    TimeSplit rows = TimeSplit.of(Manifold.history(difficult(400)), WINDOW, SplitConfig.DEFAULT);
    String[] settings = {"window=" + WINDOW, "epochs=2", "dropout=0.1", "seed=7"};

    // When
    byte[] one = fit(rows, family, settings).export().bytes();
    byte[] again = fit(rows, family, settings).export().bytes();
    settings[3] = "seed=8";
    byte[] other = fit(rows, family, settings).export().bytes();

    // Then
    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void shouldScoreNewestRowWithoutAnyValueZero() {
    // Given a window whose newest row has nothing
    Rows rows = difficult(400);
    TimeSplit split = TimeSplit.of(Manifold.history(rows), WINDOW, SplitConfig.DEFAULT);
    FittedModel model = fit(split, SequenceConfig.GRU, "window=" + WINDOW, "epochs=1");
    float[] values = rows.copy(0, WINDOW);
    Arrays.fill(values, (WINDOW - 1) * rows.width(), values.length, Float.NaN);
    Samples samples = Manifold.history(Rows.of(values, rows.width())).samples(WINDOW);

    // When / Then
    assertThat(model.scores(samples)).containsExactly(0);
    assertThat(OnnxScores.of(model.export(), samples)).containsExactly(0);
  }

  @Test
  void shouldShareGraphWithOtherFamilies() {
    // Given
    EnsembleConfig config =
        ConfigReader.of(
            List.of(
                "family=ensemble",
                "members=[{family: pca}, {family: gru-autoencoder, window: 6, epochs: 2},"
                    + " {family: transformer-autoencoder, window: 4, epochs: 2}]"),
            EnsembleConfig.class);
    Rows rows = difficult(600);
    TimeSplit split = TimeSplit.of(Manifold.history(rows), 6, SplitConfig.DEFAULT);
    Samples samples = Manifold.history(rows).samples(6);

    // When
    FittedModel model =
        ModelFitter.of(config, TrainingProgress.SILENT).fit(Fits.preprocessor(split), split);

    // Then
    assertThat(ExportCheck.compare(model.scores(samples), OnnxScores.of(model.export(), samples)))
        .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
  }

  private static FittedModel fit(TimeSplit split, String family, String... settings) {
    return new SequenceAutoencoderFitter(
            config(family, settings), FitContext.of(TrainingProgress.SILENT))
        .fit(Fits.preprocessor(split), split);
  }

  private static SequenceConfig config(String family, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("family=" + family);
    return ConfigReader.of(all, SequenceConfig.class);
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

  /** Eight features that swing in one rhythm, each with a lag of its own and a little noise. */
  private static final class Rhythm {
    private static final int PERIOD = 24;

    private final Random random;

    Rhythm(long seed) {
      random = new Random(seed);
    }

    Rows rows(int count, double start) {
      float[] values = new float[count * Manifold.WIDTH];
      for (int i = 0; i < count; i++) {
        row(start + i, values, i);
      }
      return Rows.of(values, Manifold.WIDTH);
    }

    /** Windows that begin anywhere, the newest row of each so many rows ahead of its time. */
    Samples windows(int count, int window, double ahead) {
      float[] values = new float[count * window * Manifold.WIDTH];
      int[] previous = new int[count * window];
      for (int i = 0; i < count; i++) {
        double start = random.nextDouble() * PERIOD;
        for (int t = 0; t < window; t++) {
          boolean newest = t == window - 1;
          row(start + t + (newest ? ahead : 0), values, i * window + t);
          previous[i * window + t] = t == 0 ? -1 : i * window + t - 1;
        }
      }
      return Samples.of(Rows.of(values, Manifold.WIDTH), previous, window);
    }

    private void row(double time, float[] values, int row) {
      for (int j = 0; j < Manifold.WIDTH; j++) {
        double angle = 2 * Math.PI * time / PERIOD + 0.7 * j;
        double noise = 0.05 * random.nextGaussian();
        values[row * Manifold.WIDTH + j] = (float) (10 * j + (1 + j) * (Math.sin(angle) + noise));
      }
    }
  }
}
