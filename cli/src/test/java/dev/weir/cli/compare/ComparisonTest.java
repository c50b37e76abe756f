package dev.weir.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cli.evaluate.OfflineScores;
import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.Provenance;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final long[] ROWS = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final boolean[] LABELS = {false, false, true, true, false, false, false, false};

  /** Alerts from 3 on, of rows 3, 4 and 5. */
  private static final float[] OLD = {1, 2, 4, 5, 3, 1, 1, 1};

  /** Alerts from 30 on, of rows 4, 3 and none else. */
  private static final float[] BETTER = {10, 20, 40, 50, 11, 12, 13, 14};

  /** Alerts from 30 on, of row 8. */
  private static final float[] WORSE = {10, 20, 15, 14, 11, 12, 13, 40};

  @Test
  void shouldCountAlertsOfBothAndOfEach() throws Exception {
    // When
    Comparison comparison = compare(scores(OLD, false), scores(WORSE, false));

    // Then
    assertThat(comparison.rows()).isEqualTo(8);
    assertThat(comparison.both()).isZero();
    assertThat(comparison.jaccard()).isZero();
    assertThat(comparison.onlyBefore().count()).isEqualTo(3);
    assertThat(comparison.onlyBefore().examples())
        .extracting(Comparison.Example::row)
        .containsExactly(4L, 3L, 5L);
    assertThat(comparison.onlyAfter().examples())
        .extracting(Comparison.Example::row)
        .containsExactly(8L);
    assertThat(comparison.before().alertRate()).isEqualTo(3 / 8.0);
    assertThat(Verdict.of(comparison))
        .startsWith("without labels nobody can say which is better; they mostly disagree: 0 %")
        .contains("the old one alerts on 3.8 times as many rows as it was asked to");

    JsonNode json = new ObjectMapper().readTree(ComparisonReport.json(comparison));
    assertThat(json.at("/old/alerts").asInt()).isEqualTo(3);
    assertThat(json.at("/only_new/examples/0/row").asInt()).isEqualTo(8);
    assertThat(json.has("verdict")).isTrue();
    assertThat(json.at("/old/auc_pr").isMissingNode()).isTrue();
  }

  @Test
  void shouldCorrelateLogarithmsOfProbabilities() {
    // Given a model whose scores are those of the other times ten, and its calibration, too
    float[] same = new float[OLD.length];
    for (int i = 0; i < same.length; i++) {
      same[i] = 10 * OLD[i];
    }

    // When
    Comparison comparison = compare(scores(OLD, false), scores(same, false));

    // Then
    assertThat(comparison.jaccard()).isEqualTo(1);
    assertThat(comparison.spearman()).isCloseTo(1, within(1e-12));
    assertThat(comparison.pearsonLogP()).isCloseTo(1, within(1e-9));
  }

  @Test
  void shouldJudgeByLabels() {
    assertThat(Verdict.of(compare(scores(WORSE, true), scores(BETTER, true))))
        .startsWith("the new model is better (AUC-PR +");
    assertThat(Verdict.of(compare(scores(BETTER, true), scores(WORSE, true))))
        .startsWith("the new model is worse (AUC-PR -");
    assertThat(Verdict.of(compare(scores(BETTER, true), scores(BETTER, true))))
        .startsWith("the two models are as good as each other (AUC-PR +0.000");
    assertThat(ComparisonReport.text("x.csv", compare(scores(OLD, true), scores(WORSE, true))))
        .contains("only old          3, of which 2 are anomalous")
        .contains("vus_pr");
  }

  @Test
  void shouldCompareRowsThatBothScore() {
    // Given a new model that lacks the first rows and one in between
    OfflineScores less = scores(BETTER, true).pick(new int[] {2, 3, 5, 6, 7});

    // When
    Comparison comparison = compare(scores(OLD, true), less);

    // Then
    assertThat(comparison.rows()).isEqualTo(5);
    assertThat(comparison.before().evaluation().rows()).isEqualTo(5);
    assertThat(comparison.both()).isEqualTo(2);
    assertThat(comparison.onlyBefore().count()).isZero();
    assertThatThrownBy(() -> compare(scores(OLD, true).pick(new int[] {0}), less))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no row of the file can be scored by both");
  }

  private static Comparison compare(OfflineScores before, OfflineScores after) {
    return Comparison.of(
        manifest(before.scores()[0] < 10 ? 1 : 10), before, manifest(10), after, 1);
  }

  private static OfflineScores scores(float[] scores, boolean labelled) {
    return new OfflineScores(
        ROWS, scores, labelled ? Optional.of(LABELS) : Optional.empty(), 0, 0, new float[8]);
  }

  private static Manifest manifest(double unit) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        "m" + unit,
        "1",
        "autoencoder",
        FeatureSpec.numeric(List.of("a")),
        new Calibration(
            new double[] {0, 2 * unit}, new ParetoTail(2 * unit, 0.2, 0, unit / Math.log(2)), 100),
        new AlertThreshold(0.1, 3 * unit),
        new Provenance(Instant.EPOCH, "f", 1, 1, 1, Map.of(), 1, Map.of()),
        "0");
  }
}
