package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.ExportCheck;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.export.OnnxScores;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.FeatureValues;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import dev.weir.trainer.som.BestMatches;
import dev.weir.trainer.som.SomConfigs;
import dev.weir.trainer.som.SomMap;
import dev.weir.trainer.som.SomSamples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SomFitterTest {
  private static final Manifold MANIFOLD = new Manifold(42);
  private static final FeatureSpec MIXED =
      new FeatureSpec(
          List.of(
              feature("kind", FeatureType.CATEGORICAL, Transform.NONE),
              feature("load", FeatureType.NUMERIC, Transform.NONE),
              feature("hour", FeatureType.HOUR_OF_DAY, Transform.NONE),
              feature("bytes", FeatureType.NUMERIC, Transform.LOG1P),
              feature("money", FeatureType.NUMERIC, Transform.SIGNED_LOG)));

  private static FittedModel learned;
  private static TimeSplit split;

  @TempDir private Path folder;

  private static Feature feature(String name, FeatureType type, Transform transform) {
    List<String> categories = type == FeatureType.CATEGORICAL ? List.of("a", "b", "c") : List.of();
    return new Feature(name, FieldPath.parse(name), type, transform, null, categories);
  }

  @BeforeAll
  static void learnManifold() {
    split = TimeSplit.of(MANIFOLD.history(4000), 1, SplitConfig.DEFAULT);
    learned = fit(split);
  }

  @ParameterizedTest
  @CsvSource({"batch,none", "batch,cell", "online,none"})
  void shouldScoreRowsOffManifoldFarHigher(String training, String normalize) {
    // Given
    FittedModel model =
        training.equals("batch") && normalize.equals("none")
            ? learned
            : fit(split, "training=" + training, "normalize=" + normalize, "epochs=15");

    // When
    double[] on = sorted(model.scores(Samples.of(MANIFOLD.rows(2000))));
    double[] off = sorted(model.scores(Samples.of(MANIFOLD.rowsOffManifold(2000))));

    // Then
    double ninetyNineInHundred = on[on.length * 99 / 100];
    assertThat(off[off.length / 2]).isGreaterThan(8 * ninetyNineInHundred);
    assertThat(off[off.length / 10]).isGreaterThan(ninetyNineInHundred);
  }

  @Test
  void shouldScoreSquaredDistanceToNearestCell() {
    // Given
    Samples samples = Samples.of(MANIFOLD.withGaps(MANIFOLD.rowsOffManifold(50), 0.2));
    SomMap map = learned.map().orElseThrow();
    SomSamples seen = SomSamples.of(learned.preprocessor(), samples);

    // When
    double[] scores = learned.scores(samples);

    // Then
    for (int i = 0; i < 50; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int cell = 0; cell < map.grid().cells(); cell++) {
        double sum = 0;
        for (int k = 0; k < map.size(); k++) {
          double difference = (double) seen.at(i, k) - map.weight(cell, k);
          sum += Double.isNaN(difference) ? 0 : difference * difference;
        }
        least = Math.min(least, sum / Math.max(1, seen.present(i)));
      }
      assertThat(scores[i]).isCloseTo(least, within(1e-6 * (1 + least)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,none", "1,cell", "3,none", "3,cell"})
  void shouldExportWhatItComputes(int window, String normalize) {
    // Given missing values, extreme ones and a constant column
    Samples samples = samples(difficult(1200), window);
    FittedModel model =
        fit(
            TimeSplit.of(Manifold.history(difficult(1200)), window, SplitConfig.DEFAULT),
            "window=" + window,
            "normalize=" + normalize,
            "cells=100",
            "epochs=8");

    // When
    double[] own = model.scores(samples);
    double[] exported = OnnxScores.of(model.export(), samples);

    // Then
    assertThat(ExportCheck.compare(own, exported)).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    assertThat(own).hasSize(1200 - window + 1).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({"1,none,false", "1,cell,true", "4,none,true", "4,cell,false"})
  void shouldExportWhatItComputesOfMixedFeatures(int window, String normalize, boolean indicators)
      throws Exception {
    // Given
    Samples samples = samples(mixedRows(900), window);
    TimeSplit mixed =
        new TimeSplit(samples.slice(0, 600), samples.slice(600, 800), samples.slice(600, 800));
    Preprocessor preprocessor =
        new PreprocessorFitter(mixed.training(), Scaling.STANDARD, 10, indicators).fit(MIXED);
    FittedModel model =
        new SomFitter(
                config("window=" + window, "normalize=" + normalize, "cells=60", "epochs=8"),
                FitContext.of(TrainingProgress.SILENT))
            .fit(preprocessor, mixed);

    // When
    double[] own = model.scores(samples);
    GraphRun.Output output;
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      output = graph.run(samples);
    }

    // Then
    double[] exported =
        IntStream.range(0, own.length).mapToDouble(i -> output.score()[i]).toArray();
    assertThat(ExportCheck.compare(own, exported)).isLessThanOrEqualTo(ExportCheck.TOLERANCE);
    for (int i = 0; i < own.length; i++) {
      double sum = 0;
      for (int j = 0; j < MIXED.width(); j++) {
        assertThat(output.contributions()[i * MIXED.width() + j]).isNotNegative();
        sum += output.contributions()[i * MIXED.width() + j];
      }
      assertThat(sum).isCloseTo(own[i], within(1e-4 * (1 + own[i])));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void shouldNameCellAndExpectItsWeights(int window) throws Exception {
    // Given
    FittedModel model =
        fit(
            TimeSplit.of(Manifold.history(difficult(1200)), window, SplitConfig.DEFAULT),
            "window=" + window,
            "cells=80",
            "epochs=8");
    SomMap map = model.map().orElseThrow();
    Samples samples = samples(difficult(300), window);
    BestMatches wanted = map.bestMatches(SomSamples.of(model.preprocessor(), samples));

    // When
    long[] cells;
    float[] expected;
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      cells = graph.integers(samples, "cell");
      expected = graph.run(samples).expected();
    }

    // Then
    assertThat(cells).isEqualTo(Arrays.stream(wanted.cells()).asLongStream().toArray());
    for (int i = 0; i < samples.count(); i++) {
      int newest = (wanted.cells()[i] + 1) * map.size() - model.preprocessor().columnCount();
      float[] values = FeatureValues.of(model.preprocessor(), map.weights(), newest);
      for (int j = 0; j < values.length; j++) {
        assertThat(expected[i * values.length + j])
            .isCloseTo(values[j], within(1e-4f * (1 + Math.abs(values[j]))));
      }
    }
  }

  @Test
  void shouldGiveMostOfScoreToFeatureThatIsWrong() throws Exception {
    // Given usual rows, with one value twenty of its deviations off
    Rows rows = MANIFOLD.rows(400);
    float[] values = rows.copy();
    for (int i = 0; i < rows.count(); i++) {
      int j = i % rows.width();
      values[i * rows.width() + j] += 20 * learned.preprocessor().columns().get(j).scale();
    }

    // When
    float[] contributions;
    try (GraphRun graph = new GraphRun(learned.export(), folder)) {
      contributions = graph.run(Rows.of(values, rows.width())).contributions();
    }

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
    assertThat(found).isGreaterThan(rows.count() * 95 / 100);
  }

  @ParameterizedTest
  @CsvSource({"none", "cell"})
  void shouldScoreRowWithoutAnyValueZero(String normalize) {
    // Given
    float[] nothing = new float[Manifold.WIDTH];
    Arrays.fill(nothing, Float.NaN);
    Samples row = Samples.of(Rows.of(nothing, Manifold.WIDTH));
    FittedModel model = fit(split, "normalize=" + normalize, "cells=50", "epochs=3");

    // When / Then
    assertThat(model.scores(row)).containsExactly(0);
    assertThat(OnnxScores.of(model.export(), row)).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void shouldTakeSingleFeatureEvenIfConstant(float deviation) {
    // Given
    Random random = new Random(6);
    float[] values = new float[400];
    for (int i = 0; i < values.length; i++) {
      values[i] = 3 + deviation * (float) random.nextGaussian();
    }
    TimeSplit single = TimeSplit.of(Manifold.history(Rows.of(values, 1)), 1, SplitConfig.DEFAULT);
    Samples others = Samples.of(Rows.of(new float[] {3, 13}, 1));

    // When
    FittedModel model = fit(single, "normalize=cell", "epochs=5");
    double[] scores = model.scores(others);

    // Then
    assertThat(scores[0]).isBetween(0.0, 1.0);
    assertThat(scores[1]).isGreaterThan(10);
    assertThat(OnnxScores.of(model.export(), others))
        .containsExactly(scores, within(1e-4 * scores[1]));
  }

  @Test
  void shouldMakeSameBytesWithSameSeed() {
    // When
    byte[] bytes = fit(split, "epochs=3", "initialisation=sample").export().bytes();

    // Then
    assertThat(fit(split, "epochs=3", "initialisation=sample").export().bytes()).isEqualTo(bytes);
    assertThat(fit(split, "epochs=3", "initialisation=sample", "seed=2").export().bytes())
        .isNotEqualTo(bytes);
  }

  @Test
  void shouldSayErrorsAndKeepSettingsAsUsed() {
    // Given
    RecordedProgress progress = new RecordedProgress();

    // When
    FittedModel model =
        new SomFitter(
                config("rows=5", "columns=7", "grid=rectangular", "epochs=4"),
                FitContext.of(progress))
            .fit(Fits.preprocessor(split), split);

    // Then
    assertThat(progress.steps())
        .singleElement()
        .asString()
        .matches(
            "a rectangular map of 5 x 7 cells: quantisation error [0-9.]+ \\(validation [0-9.]+\\),"
                + " topographic error [0-9.]+ % \\(validation [0-9.]+ %\\)");
    assertThat(progress.warnings()).isEmpty();
    assertThat(model.epochs()).isEqualTo(progress.epochs()).hasSize(4);
    assertThat(model.family()).isEqualTo("som");
    assertThat(model.hyperparameters())
        .containsEntry("rows", 5)
        .containsEntry("columns", 7)
        .containsEntry("radius", 3.5)
        .containsEntry("training", "BATCH")
        .doesNotContainKey("learningRate");
  }

  @Test
  void shouldWarnOfMapThatIsNoBetterThanMean() {
    // Given a history whose newer part is far from the older
    float[] values = MANIFOLD.rows(400).copy();
    for (int i = 280 * Manifold.WIDTH; i < values.length; i++) {
      values[i] *= 3;
    }
    TimeSplit drifting =
        TimeSplit.of(Manifold.history(Rows.of(values, Manifold.WIDTH)), 1, SplitConfig.DEFAULT);
    RecordedProgress progress = new RecordedProgress();

    // When
    new SomFitter(config("epochs=3"), FitContext.of(progress))
        .fit(Fits.preprocessor(drifting), drifting);

    // Then
    assertThat(progress.warnings())
        .singleElement()
        .asString()
        .contains("no better than always guessing each column's mean", "model.cells");
  }

  private static Samples samples(Rows rows, int window) {
    LinkedRows linked = LinkedRows.ofOneKey(rows);
    return Samples.of(linked.rows(), linked.previous(), window);
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

  private static Rows mixedRows(int count) {
    Random random = new Random(11);
    float[] values = new float[count * MIXED.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextDouble() < 0.15
              ? Float.NaN
              : switch (i % MIXED.width()) {
                case 0 -> random.nextInt(4);
                case 2 -> random.nextFloat() * 24;
                case 3 -> (float) Math.exp(20 * random.nextDouble());
                case 4 -> (float) (random.nextGaussian() * 1e6);
                default -> (float) random.nextGaussian();
              };
    }
    return Rows.of(values, MIXED.width());
  }

  private static FittedModel fit(TimeSplit rows, String... settings) {
    return new SomFitter(config(settings), FitContext.of(TrainingProgress.SILENT))
        .fit(Fits.preprocessor(rows), rows);
  }

  private static SomConfig config(String... settings) {
    return SomConfigs.of(settings);
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
