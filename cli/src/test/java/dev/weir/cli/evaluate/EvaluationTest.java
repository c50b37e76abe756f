package dev.weir.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.bundle.AlertThreshold;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final AlertThreshold THRESHOLD = new AlertThreshold(0.01, 3);

  @Test
  void shouldReportWhatLabelsAllowUnderTheNamesOfTheField() throws Exception {
    // Given four alerts, of which three are right, and one anomaly that is missed
    float[] scores = {5, 1, 4, 2, 3, 1, 1, 6, 1, 2.5f};
    boolean[] labels = {true, false, true, false, false, false, false, true, false, true};

    // When
    JsonNode json = json(scores, Optional.of(labels), 1);

    // Then
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "rows",
            "warming_up",
            "threshold",
            "alerts",
            "auc_roc",
            "auc_pr",
            "vus_pr",
            "precision",
            "recall",
            "f1",
            "false_alarm_rate");
    assertThat(json.get("rows").asInt()).isEqualTo(10);
    assertThat(json.get("threshold").asDouble()).isEqualTo(3);
    assertThat(json.get("alerts").asInt()).isEqualTo(4);
    assertThat(json.get("precision").asDouble()).isEqualTo(0.75);
    assertThat(json.get("recall").asDouble()).isEqualTo(0.75);
    assertThat(json.get("f1").asDouble()).isEqualTo(0.75);
    assertThat(json.get("false_alarm_rate").asDouble()).isEqualTo(1 / 6.0, within(1e-12));
    assertThat(json.get("auc_roc").asDouble()).isEqualTo(23 / 24.0, within(1e-12));
    // Precision at each right one, by falling score: 1/1, 2/2, 3/3, then 4/5.
    assertThat(json.get("auc_pr").asDouble()).isEqualTo((1 + 1 + 1 + 0.8) / 4, within(1e-12));
  }

  @Test
  void shouldReportRowsAndAlertsWithoutLabels() throws Exception {
    // When
    JsonNode json = json(new float[] {1, 5, 3}, Optional.empty(), 0);

    // Then
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("rows", "warming_up", "threshold", "alerts");
    assertThat(json.get("alerts").asInt()).isEqualTo(2);
  }

  @Test
  void shouldWriteNullWhereAMetricIsUndefined() throws Exception {
    // Given labels without an anomaly
    JsonNode json = json(new float[] {1, 2, 3, 4}, Optional.of(new boolean[4]), 1);

    // Then
    assertThat(json.get("auc_roc").isNull()).isTrue();
    assertThat(json.get("false_alarm_rate").asDouble()).isEqualTo(0.5);
  }

  private static JsonNode json(float[] scores, Optional<boolean[]> labels, int window)
      throws Exception {
    OfflineScores scored =
        new OfflineScores(new long[scores.length], scores, labels, 0, 0, new float[scores.length]);
    return new ObjectMapper()
        .readTree(EvaluationReport.json(Evaluation.of(scored, THRESHOLD, window)));
  }
}
