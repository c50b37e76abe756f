package dev.weir.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class RankingMetricsPropertyTest {

  @Property(seed = "20260")
  void shouldDependOnOrderOfScoresAlone(@ForAll("series") ScoredSeries series) {
    // Given another scale on which the scores keep their order
    ScoredSeries rescaled = series.withScores(score -> Math.exp(score / 3) - 7);

    // When
    RankingMetrics metrics = RankingMetrics.of(rescaled.scores(), rescaled.labels());

    // Then
    assertThat(metrics).isEqualTo(RankingMetrics.of(series.scores(), series.labels()));
  }

  @Property(seed = "20260")
  void shouldNotDependOnOrderOfPoints(@ForAll("series") ScoredSeries series, @ForAll long seed) {
    // Given
    ScoredSeries shuffled = series.shuffled(seed);

    // When
    RankingMetrics metrics = RankingMetrics.of(shuffled.scores(), shuffled.labels());

    // Then
    assertThat(metrics).isEqualTo(RankingMetrics.of(series.scores(), series.labels()));
  }

  @Property(seed = "20260")
  void shouldGivePerfectRankingOne(@ForAll("series") ScoredSeries series) {
    // Given
    ScoredSeries perfect = series.rankedPerfectly();

    // When
    RankingMetrics metrics = RankingMetrics.of(perfect.scores(), perfect.labels());

    // Then
    assertThat(metrics.rocAuc()).isEqualTo(1);
    assertThat(metrics.averagePrecision()).isCloseTo(1, within(1e-12));
  }

  @Property(seed = "20260")
  void shouldMirrorRocAucWhereScoresAreNegated(@ForAll("series") ScoredSeries series) {
    // Given
    ScoredSeries negated = series.withScores(score -> -score);

    // When
    double mirrored = RankingMetrics.of(negated.scores(), negated.labels()).rocAuc();

    // Then
    double original = RankingMetrics.of(series.scores(), series.labels()).rocAuc();
    assertThat(mirrored).isCloseTo(1 - original, within(1e-12));
  }

  @Property(seed = "20260")
  void shouldGiveConstantScoresNoMoreThanChance(@ForAll("series") ScoredSeries series) {
    // Given
    ScoredSeries constant = series.withScores(score -> 4);

    // When
    RankingMetrics metrics = RankingMetrics.of(constant.scores(), constant.labels());

    // Then
    double shareOfAnomalies = ThresholdMetrics.of(allTrue(series), series.labels()).precision();
    assertThat(metrics.rocAuc()).isEqualTo(0.5);
    assertThat(metrics.averagePrecision()).isCloseTo(shareOfAnomalies, within(1e-12));
  }

  @Property(seed = "20260")
  void shouldCountEveryPairOnce(@ForAll("series") ScoredSeries series) {
    // Given all pairs of an anomalous and a normal point
    double inOrder = 0;
    double pairs = 0;
    for (int a = 0; a < series.scores().length; a++) {
      for (int n = 0; n < series.scores().length; n++) {
        if (series.labels()[a] && !series.labels()[n]) {
          inOrder += 0.5 + 0.5 * Math.signum(series.scores()[a] - series.scores()[n]);
          pairs++;
        }
      }
    }

    // When
    double rocAuc = RankingMetrics.of(series.scores(), series.labels()).rocAuc();

    // Then
    assertThat(rocAuc).isCloseTo(inOrder / pairs, within(1e-12));
  }

  @Provide
  Arbitrary<ScoredSeries> series() {
    return ScoredSeries.arbitrary();
  }

  private static boolean[] allTrue(ScoredSeries series) {
    boolean[] flags = new boolean[series.labels().length];
    Arrays.fill(flags, true);
    return flags;
  }
}
