package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.search.Judgement;
import dev.weir.trainer.search.ProbeKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DefaultsResultsTest {
  private static final Candidate DEFAULTS = Candidates.of("pca").get(0);
  private static final Candidate OTHER = Candidates.of("pca").get(1);

  private final DefaultsResults results = new DefaultsResults();

  @Test
  void shouldChooseWhatIsBetterByMoreThanTheSeedsDiffer() {
    // Given gains of 0.04 and 0.06
    add("a", 1, 0.80, 0.84);
    add("a", 2, 0.70, 0.76);

    // Then
    DefaultsResults.Standing standing = results.standings("pca").get(1);
    assertThat(standing.mean()).isCloseTo(0.8, within(1e-12));
    assertThat(standing.meanRank()).isEqualTo(1);
    assertThat(results.standings("pca").get(0).meanRank()).isEqualTo(2);
    assertThat(standing.gain().mean()).isCloseTo(0.05, within(1e-12));
    assertThat(standing.gain().spread()).isCloseTo(0.02, within(1e-12));
    assertThat(standing.better()).isTrue();
    assertThat(results.winner("pca")).isEqualTo(OTHER);
  }

  @Test
  void shouldKeepTheDefaultsIfTheSeedsDifferByMore() {
    // Given gains of 0.01 and 0.06
    add("a", 1, 0.80, 0.81);
    add("a", 2, 0.70, 0.76);

    // Then
    assertThat(results.standings("pca").get(1).better()).isFalse();
    assertThat(results.winner("pca")).isEqualTo(DEFAULTS);
  }

  @Test
  void shouldKeepTheDefaultsIfFewSeriesGainMuchAndMostLose() {
    add("a", 1, 0.50, 0.90);
    add("b", 1, 0.80, 0.79);
    add("c", 1, 0.80, 0.79);

    assertThat(results.standings("pca").get(1).gain().mean()).isGreaterThan(0.1);
    assertThat(results.winner("pca")).isEqualTo(DEFAULTS);
  }

  @Test
  void shouldGiveUpNoKindOfAnomalyForAnother() {
    // Given a candidate that is better in all, and worse at spikes
    add("a", 1, DEFAULTS, 0.80, Map.of(ProbeKind.SPIKE, 0.9, ProbeKind.SWAPPED, 0.7));
    add("a", 1, OTHER, 0.85, Map.of(ProbeKind.SPIKE, 0.8, ProbeKind.SWAPPED, 0.9));

    // Then
    assertThat(results.standings("pca").get(1).worseAt()).containsExactly("spike (series)");
    assertThat(results.winner("pca")).isEqualTo(DEFAULTS);
    assertThat(results.mean(ProbeKind.SPIKE, OTHER)).isEqualTo(0.8);
    assertThat(results.mean(QualitySet.SMD, OTHER)).isEqualTo(0.85);
  }

  @Test
  void shouldSayHowTheOrderAgreesWithTheTestPart() {
    // Given three candidates in the order of the test part, and then in the reverse
    List<Candidate> three = Candidates.of("pca").subList(0, 3);
    for (int i = 0; i < 3; i++) {
      add("a", 1, three.get(i), 0.5 + 0.1 * i, OptionalDouble.of(i));
      add("b", 1, three.get(i), 0.5 + 0.1 * i, OptionalDouble.of(i));
      add("c", 1, three.get(i), 0.5 + 0.1 * i, OptionalDouble.of(-i));
    }

    // Then
    assertThat(results.agreement(QualitySet.SMD)).hasValue((1 + 1 - 1) / 3.0);
    assertThat(results.agreement(QualitySet.ASD)).isEmpty();
    assertThat(results.test(QualitySet.SMD, three.get(2))).hasValue(2 / 3.0);
  }

  private void add(String series, long seed, double ofDefaults, double ofOther) {
    add(series, seed, DEFAULTS, ofDefaults, Map.of(ProbeKind.SWAPPED, ofDefaults));
    add(series, seed, OTHER, ofOther, Map.of(ProbeKind.SWAPPED, ofOther));
  }

  private void add(
      String series, long seed, Candidate candidate, double value, OptionalDouble test) {
    results.add(
        QualitySet.SMD,
        series,
        candidate,
        seed,
        new Judgement(new RankingMetrics(0, value), Map.of()),
        test);
  }

  private void add(
      String series, long seed, Candidate candidate, double value, Map<ProbeKind, Double> byKind) {
    results.add(
        QualitySet.SMD,
        series,
        candidate,
        seed,
        new Judgement(new RankingMetrics(0, value), byKind),
        OptionalDouble.empty());
  }
}
