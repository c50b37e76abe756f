package dev.weir.scorer.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.fixture.FixedScores;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.inference.FeatureBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictMakerTest {
  private static final FeatureBatch ROW = FixedScores.row(1, 2, 3);
  private static final float[] CONTRIBUTIONS = {6, 3, 3};
  private static final float[] EXPECTED = {0, 0, 0};

  private final Manifest manifest = TinyManifest.ofThreeFeatures();
  private final VerdictMaker verdicts = new VerdictMaker(manifest, AlertConfig.DEFAULT);

  @Test
  void shouldJudgeByTheBundlesThreshold() {
    assertThat(verdicts.model().threshold()).isEqualTo(manifest.threshold());
    assertThat(verdicts.of(FixedScores.of(11.2f), ROW, 0, false).anomalous()).isFalse();
    assertThat(of(11.4f).anomalous()).isTrue();
  }

  @Test
  void shouldNotExplainANormalRecord() {
    // The fixture fails if it is asked for contributions.
    Verdict verdict = verdicts.of(FixedScores.of(3), ROW, 0, false);

    assertThat(verdict.contributions()).isEmpty();
    assertThat(verdict.probability()).isCloseTo(0.7, within(1e-12));
    assertThat(verdict.score()).isEqualTo(3);
  }

  @Test
  void shouldExplainAnAnomalousRecord() {
    Verdict verdict = of(12);

    assertThat(verdict.contributions())
        .extracting(FeatureContribution::getFeature)
        .containsExactly("cpu", "memory", "disk.used");
    assertThat(verdict.probability()).isCloseTo(0.1 * Math.exp(-3), within(1e-12));
  }

  @Test
  void shouldFlagARecordAtTheThreshold() {
    VerdictMaker atFive = new VerdictMaker(manifest, new AlertConfig(0.5, 5));

    assertThat(atFive.model().threshold().score()).isCloseTo(5, within(1e-12));
    Verdict verdict =
        atFive.of(
            FixedScores.of((float) atFive.model().threshold().score(), CONTRIBUTIONS, EXPECTED),
            ROW,
            0,
            false);
    assertThat(verdict.anomalous()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 5", "0.2, 8", "0.1, 9", "0.001, 13.605170", "1e-6, 20.512925"})
  void shouldTakeTheScorersOwnFalseAlarmRate(double rate, double score) {
    VerdictMaker own = new VerdictMaker(manifest, new AlertConfig(rate, 5));

    assertThat(own.model().threshold().falseAlarmRate()).isEqualTo(rate);
    assertThat(own.model().threshold().score()).isCloseTo(score, within(1e-5));
  }

  @Test
  void shouldFlagAScoreThatIsNotANumber() {
    Verdict verdict = of(Float.NaN);

    assertThat(verdict.anomalous()).isTrue();
    assertThat(verdict.score()).isNaN();
    assertThat(verdict.probability()).isEqualTo(1e-12);
  }

  @Test
  void shouldFlagNothingWhileAKeyIsWarmingUp() {
    // The fixture fails if it is asked for contributions.
    Verdict verdict = verdicts.of(FixedScores.of(99), ROW, 0, true);

    assertThat(verdict.anomalous()).isFalse();
    assertThat(verdict.warmingUp()).isTrue();
    assertThat(verdict.score()).isEqualTo(99);
  }

  @Test
  void shouldSayWhichModelJudged() {
    assertThat(verdicts.model())
        .isEqualTo(new ModelIdentity("tiny", "7", "autoencoder", manifest.threshold()));
    assertThat(of(12).model()).isSameAs(verdicts.model());
  }

  @Test
  void shouldFlagAnInfiniteScore() {
    assertThat(of(Float.POSITIVE_INFINITY).anomalous()).isTrue();
  }

  private Verdict of(float score) {
    return verdicts.of(FixedScores.of(score, CONTRIBUTIONS, EXPECTED), ROW, 0, false);
  }
}
