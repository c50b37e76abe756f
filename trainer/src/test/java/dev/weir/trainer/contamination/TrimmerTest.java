package dev.weir.trainer.contamination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.Contamination;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.family.Fits;
import dev.weir.trainer.family.FittedModel;
import dev.weir.trainer.family.ModelFitter;
import dev.weir.trainer.network.TrainingProgress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A history of which every twentieth row is anomalous, in one and the same way: so often that a
 * network learns it.
 */
final class TrimmerTest {
  private static final int EVERY = 20;

  private static TimeSplit whole;
  private static FittedModel first;

  @BeforeAll
  static void fitOnContaminatedHistory() {
    whole = TimeSplit.of(Manifold.history(contaminated()), 1, SplitConfig.DEFAULT);
    first = fit(whole);
  }

  private static Rows contaminated() {
    float[] values = new Manifold(21).rows(4000).copy();
    Rows anomalous = anomalous(4000 / EVERY);
    for (int i = 0; i < anomalous.count(); i++) {
      anomalous.copyRow(i, values, i * EVERY * Manifold.WIDTH);
    }
    return Rows.of(values, Manifold.WIDTH);
  }

  /** Rows on the manifold, of which two features have changed places in size. */
  private static Rows anomalous(int count) {
    float[] values = new Manifold(22).rows(count).copy();
    for (int i = 0; i < count; i++) {
      values[i * Manifold.WIDTH] += 6;
      values[i * Manifold.WIDTH + 1] -= 60;
    }
    return Rows.of(values, Manifold.WIDTH);
  }

  private static FittedModel fit(TimeSplit split) {
    AutoencoderConfig config =
        ConfigReader.of(
            List.of("epochs=30", "learningRate=5e-3", "batchSize=64", "residuals=squared"),
            AutoencoderConfig.class);
    return ModelFitter.of(config, TrainingProgress.SILENT).fit(Fits.preprocessor(split), split);
  }

  private static double averagePrecision(FittedModel model) {
    Rows normal = new Manifold(23).rows(1000);
    Rows anomalous = anomalous(50);
    float[] values = Arrays.copyOf(normal.copy(), 1050 * Manifold.WIDTH);
    System.arraycopy(anomalous.copy(), 0, values, 1000 * Manifold.WIDTH, 50 * Manifold.WIDTH);
    boolean[] labels = new boolean[1050];
    Arrays.fill(labels, 1000, 1050, true);
    double[] scores = model.scores(Samples.of(Rows.of(values, Manifold.WIDTH)));
    return RankingMetrics.of(scores, labels).averagePrecision();
  }

  @Test
  void shouldFindAnomalousRowsByShareAndDetectBetterWithoutThem() {
    // When
    Trimming trimming = new Trimmer(new Contamination("0.06"), whole).trim(first);
    FittedModel again = fit(trimming.split());

    // Then most of what was left out is anomalous
    long found = trimming.rows().stream().filter(row -> row.row() % EVERY == 0).count();
    assertThat(trimming.rows()).hasSize(240);
    assertThat(found).isGreaterThan(150);
    assertThat(averagePrecision(again)).isGreaterThan(averagePrecision(first) + 0.05);
  }

  @Test
  void shouldLeaveOutOnlyWhatStandsOut() {
    // Given rows that are wild, and a model that has not learned them
    FittedModel clean = fit(TimeSplit.of(new Manifold(24).history(4000), 1, SplitConfig.DEFAULT));

    // When
    Trimming trimming = new Trimmer(new Contamination("auto"), whole).trim(clean);

    // Then
    Set<Integer> rows = trimming.rows().stream().map(TrimmedRow::row).collect(Collectors.toSet());
    assertThat(rows).hasSizeBetween(190, 202);
    assertThat(rows.stream().filter(row -> row % EVERY != 0).count()).isLessThanOrEqualTo(2);
    assertThat(trimming.split().training().count() + rows.size())
        .isBetween(whole.training().count(), whole.training().count() + 200);
    assertThat(
            trimming.split().training().count()
                + trimming.split().validation().count()
                + trimming.split().calibration().count()
                + rows.size())
        .isEqualTo(4000);
  }

  @Test
  void shouldLeaveCleanHistoryAlone() {
    // Given
    TimeSplit clean = TimeSplit.of(new Manifold(25).history(4000), 1, SplitConfig.DEFAULT);

    // When
    Trimming trimming = new Trimmer(new Contamination("auto"), clean).trim(fit(clean));

    // Then
    assertThat(trimming.rows()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void shouldNeverTakeMoreThanTenthForContamination() {
    // Given a model that knows only half of the history
    float[] values = new Manifold(26).rows(2000).copy();
    for (int i = 0; i < 2000; i += 2) {
      values[i * Manifold.WIDTH] += 30;
    }
    TimeSplit mixed =
        TimeSplit.of(Manifold.history(Rows.of(values, Manifold.WIDTH)), 1, SplitConfig.DEFAULT);
    FittedModel half = fit(TimeSplit.of(new Manifold(27).history(4000), 1, SplitConfig.DEFAULT));

    // When
    Trimming trimming = new Trimmer(new Contamination("auto"), mixed).trim(half);

    // Then
    assertThat(trimming.rows().size()).isLessThanOrEqualTo(200);
    assertThat(new HashSet<>(trimming.rows())).hasSameSizeAs(trimming.rows());
  }
}
