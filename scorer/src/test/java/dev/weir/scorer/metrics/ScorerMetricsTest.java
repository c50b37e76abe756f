package dev.weir.scorer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.fixture.FakeModel;
import dev.weir.scorer.fixture.FixedScores;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.inference.ScoredBatch;
import dev.weir.scorer.topology.RecordClock;
import dev.weir.scorer.topology.Unpublished;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScorerMetricsTest {
  private static final ModelIdentity MODEL =
      new ModelIdentity("tiny", "7", "autoencoder", new AlertThreshold(0.01, 11));

  private final Manifest manifest = TinyManifest.ofThreeFeatures();
  private final MetricsRegistry registry = new MetricsRegistry();
  private final ScorerMetrics metrics = registry.pipeline("fleet");

  @BeforeEach
  void begin() {
    metrics.live(manifest);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldCountWhatHappensToRecords() {
    // When
    metrics.scored(verdict(2, 0.8), 70);
    metrics.scored(verdict(20, 1e-6), -5);
    metrics.rejected(RejectReason.NOT_A_NUMBER);
    metrics.alerted(alert(5e-5), RecordClock.APPEND);
    metrics.suppressed(3);
    metrics.flushed(2, 3_000_000);

    // Then
    assertThat(registry.scrape().lines())
        .contains(
            "weir_scored_records_total{pipeline=\"fleet\"} 2.0",
            "weir_rejected_records_total{pipeline=\"fleet\",reason=\"not-a-number\"} 1.0",
            "weir_rejected_records_total{pipeline=\"fleet\",reason=\"empty\"} 0.0",
            "weir_alerts_total{kind=\"anomaly\",pipeline=\"fleet\",severity=\"high\",status=\"record\"}"
                + " 1.0",
            "weir_alerts_total{kind=\"drift\",pipeline=\"fleet\",severity=\"medium\",status=\"opened\"}"
                + " 0.0",
            "weir_record_to_alert_seconds_count{pipeline=\"fleet\",since=\"append\"} 1",
            "weir_record_to_alert_seconds_sum{pipeline=\"fleet\",since=\"append\"} 7.0",
            "weir_score_sum{pipeline=\"fleet\",role=\"live\"} 22.0",
            "weir_score_count{pipeline=\"fleet\",role=\"live\"} 2",
            "weir_suppressed_alerts_total{pipeline=\"fleet\"} 3.0",
            "weir_batch_rows_sum{pipeline=\"fleet\"} 2.0",
            "weir_queue_age_seconds_sum{pipeline=\"fleet\"} 0.003",
            "weir_record_to_score_seconds_sum{pipeline=\"fleet\"} 0.07",
            "weir_record_to_score_seconds_count{pipeline=\"fleet\"} 2");
  }

  @Test
  void shouldPutFractionsIntoTheirBuckets() {
    // When
    metrics.scored(verdict(manifest.calibration().scoreAt(0.3), 0.3), 0);
    metrics.scored(verdict(manifest.calibration().scoreAt(5e-4), 5e-4), 0);
    metrics.scored(verdict(manifest.calibration().scoreAt(5e-4), 5e-4), 0);

    // Then
    String buckets = "weir_probability_bucket{pipeline=\"fleet\",role=\"live\",le=\"";
    assertThat(registry.scrape().lines())
        .contains(
            buckets + "1.0E-4\"} 0",
            buckets + "0.001\"} 2",
            buckets + "0.25\"} 2",
            buckets + "0.5\"} 3",
            buckets + "+Inf\"} 3");
    assertThat(scoreBucket(manifest.calibration().scoreAt(0.5))).isEqualTo(0);
    assertThat(scoreBucket(manifest.calibration().scoreAt(0.1))).isEqualTo(1);
    assertThat(scoreBucket(manifest.calibration().scoreAt(1e-4))).isEqualTo(3);
  }

  private long scoreBucket(double bound) {
    String name = "weir_score_bucket{pipeline=\"fleet\",role=\"live\",le=\"" + bound + "\"} ";
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no bucket " + bound));
  }

  @Test
  void shouldNotLetAScoreThatIsNoNumberSpoilTheSum() {
    metrics.scored(verdict(Double.NaN, 1e-12), 0);
    metrics.scored(verdict(Double.POSITIVE_INFINITY, 1e-12), 0);
    metrics.scored(verdict(3, 0.7), 0);

    assertThat(registry.scrape().lines())
        .contains(
            "weir_scored_records_total{pipeline=\"fleet\"} 3.0",
            "weir_score_sum{pipeline=\"fleet\",role=\"live\"} 3.0");
  }

  @Test
  void shouldSayWhichModelScores() {
    assertThat(registry.scrape())
        .containsPattern("weir_model_info\\{family=\"autoencoder\",model=\"tiny\",.*} 1");
  }

  @Test
  void shouldForgetTheModelBeforeTheOneThatTakesOver() {
    // Given
    metrics.scored(verdict(2, 0.8), 0);

    // When
    metrics.live(TinyManifest.of(2, "0".repeat(64)));
    metrics.scored(verdict(3, 0.8), 0);

    // Then
    assertThat(registry.scrape().lines().filter(line -> line.startsWith("weir_model_info{")))
        .hasSize(1);
    assertThat(registry.scrape().lines())
        .contains(
            "weir_score_sum{pipeline=\"fleet\",role=\"live\"} 3.0",
            "weir_scored_records_total{pipeline=\"fleet\"} 2.0");
  }

  @Test
  void shouldKeepPipelinesApart() {
    ScorerMetrics other = registry.pipeline("payments");
    other.live(manifest);

    metrics.scored(verdict(2, 0.8), 0);
    other.scored(verdict(5, 0.5), 0);

    assertThat(registry.scrape().lines())
        .contains(
            "weir_score_sum{pipeline=\"fleet\",role=\"live\"} 2.0",
            "weir_score_sum{pipeline=\"payments\",role=\"live\"} 5.0",
            "weir_probability_count{pipeline=\"payments\",role=\"live\"} 1");
  }

  @Test
  void shouldNotMixScoresOfKeysThatAreWarmingUpIntoTheDistribution() {
    metrics.scored(warmingUp(2, 0.8), 0);
    metrics.tombstone();

    assertThat(registry.scrape().lines())
        .contains(
            "weir_scored_records_total{pipeline=\"fleet\"} 1.0",
            "weir_warming_up_records_total{pipeline=\"fleet\"} 1.0",
            "weir_tombstone_records_total{pipeline=\"fleet\"} 1.0",
            "weir_score_count{pipeline=\"fleet\",role=\"live\"} 0");
    assertThat(metrics.recordsNotScored()).isEqualTo(1);
  }

  @Test
  void shouldCountWhatBecomesOfNewModels() {
    ModelMetrics models = registry.models("fleet", ModelRole.LIVE);

    models.swapped();
    models.refused();
    models.refused();

    assertThat(registry.scrape().lines())
        .contains(
            "weir_model_reloads_total{outcome=\"swapped\",pipeline=\"fleet\",role=\"live\"} 1.0",
            "weir_model_reloads_total{outcome=\"refused\",pipeline=\"fleet\",role=\"live\"} 2.0");
  }

  /** Alerts have no setters. */
  static void set(Alert alert, String field, Object value) {
    alert.put(alert.getSchema().getField(field).pos(), value);
  }

  static FeatureContribution contribution(String feature) {
    return FeatureContribution.newBuilder()
        .setFeature(feature)
        .setActual(1.0)
        .setExpected(0)
        .setShare(0.5)
        .build();
  }

  /** The rate is 0.01. */
  static Alert alert(double probability) {
    Verdict verdict =
        new Verdict(MODEL, 20, probability, true, false, List.of(), OptionalInt.empty());
    RecordSource source = new RecordSource("metrics", 0, 1, "host", 0);
    Notice notice = new AlertPolicy("fleet", AlertConfig.DEFAULT).onRecord(source, verdict).get(0);
    return new AlertMaker("fleet").alert(notice, MODEL, Instant.EPOCH.plusSeconds(7));
  }

  private static Verdict verdict(double score, double probability) {
    return verdict(score, probability, false);
  }

  private static Verdict warmingUp(double score, double probability) {
    return verdict(score, probability, true);
  }

  private static Verdict verdict(double score, double probability, boolean warmingUp) {
    ModelIdentity model =
        new ModelIdentity("tiny", "7", "autoencoder", new AlertThreshold(0.01, 11));
    return new Verdict(model, score, probability, false, warmingUp, List.of(), OptionalInt.empty());
  }

  @Test
  void shouldSayHowFarRecordsHaveDrifted() {
    // When a report names two features, and the next one another
    metrics.drift(Optional.of(report(Map.of("cpu", 0.5, "memory", 0.01))));
    assertThat(registry.scrape().lines())
        .contains(
            "weir_drift_psi{feature=\"cpu\",pipeline=\"fleet\"} 0.5",
            "weir_drift_psi{feature=\"memory\",pipeline=\"fleet\"} 0.01",
            "weir_score_drift_psi{pipeline=\"fleet\"} 0.75");
    assertThat(metrics.drift().orElseThrow().alarmRate()).isEqualTo(0.02);
    metrics.drift(Optional.of(report(Map.of("disk", 0.25))));

    // Then
    assertThat(registry.scrape().lines().filter(line -> line.startsWith("weir_drift_psi")))
        .containsExactly("weir_drift_psi{feature=\"disk\",pipeline=\"fleet\"} 0.25");

    // When another instance looks
    metrics.drift(Optional.empty());

    // Then
    assertThat(registry.scrape())
        .doesNotContain("weir_drift_psi{")
        .contains("weir_score_drift_psi{pipeline=\"fleet\"} NaN");
  }

  private static DriftReport report(Map<String, Double> features) {
    return new DriftReport(0, 1, 100, 0.02, features, 0.75, true);
  }

  @Test
  void shouldSayWhichShareOfRecordsIsAnomalousBesideTheOneAskedFor() {
    for (int i = 0; i < 8; i++) {
      metrics.scored(verdict(2, 0.8), 0);
    }
    metrics.scored(warmingUp(2, 0.8), 0);
    for (int i = 0; i < 2; i++) {
      metrics.scored(new Verdict(MODEL, 20, 1e-6, true, false, List.of(), OptionalInt.empty()), 0);
    }

    assertThat(registry.scrape().lines())
        .contains(
            "weir_alarm_rate_realised_ratio{pipeline=\"fleet\"} 0.2",
            "weir_alarm_rate_asked_ratio{pipeline=\"fleet\"} 0.01",
            "weir_anomalous_records_total{model=\"tiny\",pipeline=\"fleet\",severity=\"critical\"}"
                + " 2.0",
            "weir_anomalous_records_total{model=\"tiny\",pipeline=\"fleet\",severity=\"low\"} 0.0");
    assertThat(metrics.realisedAlarmRate()).isEqualTo(0.2);
    assertThat(metrics.askedAlarmRate()).isEqualTo(0.01);
  }

  @Test
  void shouldCountTheFeaturesThatAlertsAreDueTo() {
    // Given
    Alert opened = alert(5e-5);
    set(opened, "contributions", List.of(contribution("cpu"), contribution("disk")));

    // When
    metrics.alerted(opened, RecordClock.EVENT);
    metrics.alerted(alert(5e-5), RecordClock.EVENT);

    // Then
    assertThat(registry.scrape().lines())
        .contains("weir_top_feature_alerts_total{feature=\"cpu\",pipeline=\"fleet\"} 1.0")
        .noneMatch(line -> line.contains("feature=\"disk\""));
  }

  @Test
  void shouldSayHowManyIncidentsAreOpen() {
    metrics.open(AlertKind.ANOMALY, 3);
    metrics.open(AlertKind.ANOMALY, -1);
    metrics.open(AlertKind.SILENCE, 7);

    assertThat(registry.scrape().lines())
        .contains(
            "weir_incidents_open{kind=\"anomaly\",pipeline=\"fleet\"} 2.0",
            "weir_incidents_open{kind=\"silence\",pipeline=\"fleet\"} 7.0",
            "weir_incidents_open{kind=\"drift\",pipeline=\"fleet\"} 0.0");
  }

  @Test
  void shouldDescribeEveryMeter() {
    for (ModelRole role : ModelRole.values()) {
      registry.models("fleet", role);
      registry.inference("fleet", role);
    }
    registry.watchWaiting(() -> true);
    metrics.onTrial(manifest);
    metrics.drift(Optional.of(report(Map.of("cpu", 0.5))));

    assertThat(ours())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            meter -> {
              assertThat(meter.getId().getDescription()).as(meter.getId().getName()).isNotBlank();
              assertThat(meter.getId().getBaseUnit()).as(meter.getId().getName()).isNotBlank();
            });
    String scrape = registry.scrape();
    assertThat(scrape).contains("weir_awaiting_model 1.0");
    assertThat(firstWords(named(scrape, "# HELP ")))
        .isEqualTo(firstWords(named(scrape, "# TYPE ")));
    assertThat(ours().stream().flatMap(meter -> meter.getId().getTags().stream()).map(Tag::getKey))
        .containsOnly(
            "pipeline",
            "reason",
            "severity",
            "kind",
            "status",
            "role",
            "model",
            "version",
            "family",
            "outcome",
            "anomalous",
            "since",
            "feature");
  }

  @Test
  void shouldHaveNoMoreMetersForMoreKeysAndModels() {
    // Given
    tell(0);
    int meters = ours().size();
    long lines = series();

    // When
    for (int i = 1; i < 500; i++) {
      tell(i);
    }

    // Then those of the last model are there
    assertThat(ours()).hasSize(meters);
    assertThat(series()).isEqualTo(lines);
    assertThat(registry.scrape())
        .contains(
            "weir_anomalous_records_total{model=\"tiny499\",pipeline=\"fleet\",severity=\"critical\"}"
                + " 1.0",
            "weir_top_feature_alerts_total{feature=\"cpu499\",pipeline=\"fleet\"} 1.0",
            "weir_top_feature_alerts_total{feature=\"memory\",pipeline=\"fleet\"} 0.0")
        .doesNotContain("tiny498", "cpu498", "trial498");
  }

  /** All that can be heard of a record: each time of another key, and by another model. */
  private void tell(int i) {
    Manifest live = model("tiny" + i, "7." + i, List.of("cpu" + i, "memory"));
    ModelIdentity identity =
        new ModelIdentity(live.name(), live.version(), "autoencoder", MODEL.threshold());
    Verdict anomalous = new Verdict(identity, i, 1e-6, true, false, List.of(), OptionalInt.empty());
    RecordSource source = new RecordSource("metrics", i, i, "host" + i, i);
    metrics.live(live);
    metrics.onTrial(model("trial" + i, "8." + i, List.of("disk" + i)));
    metrics.scored(anomalous, i);
    metrics.compared(anomalous, Optional.of(anomalous));
    new AlertPolicy("fleet", AlertConfig.DEFAULT)
        .onRecord(source, anomalous)
        .forEach(
            notice -> {
              Alert alert = new AlertMaker("fleet").alert(notice, identity, Instant.EPOCH);
              set(alert, "contributions", List.of(contribution("cpu" + i)));
              metrics.alerted(alert, RecordClock.EVENT);
            });
    for (RejectReason reason : RejectReason.values()) {
      metrics.rejected(reason);
    }
    for (Unpublished why : Unpublished.values()) {
      metrics.unpublished(why);
    }
    metrics.drift(Optional.of(report(Map.of("cpu" + i, (double) i))));
  }

  private static Manifest model(String name, String version, List<String> features) {
    Manifest plain = TinyManifest.of(FeatureSpec.numeric(features), "0".repeat(64));
    return new Manifest(
        plain.formatVersion(),
        name,
        version,
        plain.family(),
        plain.features(),
        plain.calibration(),
        plain.threshold(),
        plain.provenance(),
        plain.modelSha256());
  }

  @Test
  void shouldGoOnCountingForAModelOfTheSameNameAndForFeaturesThatRemain() {
    // Given an alert on memory by one model
    metrics.live(model("tiny", "1", List.of("cpu", "memory")));
    tellOf("memory");

    // When its next version has memory, too, and an alert of before comes late
    metrics.live(model("tiny", "2", List.of("memory", "disk")));
    tellOf("memory");
    tellOf("cpu");

    // Then
    assertThat(registry.scrape().lines())
        .contains(
            "weir_anomalous_records_total{model=\"tiny\",pipeline=\"fleet\",severity=\"critical\"}"
                + " 3.0",
            "weir_top_feature_alerts_total{feature=\"cpu\",pipeline=\"fleet\"} 1.0",
            "weir_top_feature_alerts_total{feature=\"disk\",pipeline=\"fleet\"} 0.0",
            "weir_top_feature_alerts_total{feature=\"memory\",pipeline=\"fleet\"} 2.0");

    // And the late one's feature goes with the next model
    metrics.live(model("tiny", "3", List.of("memory")));
    assertThat(registry.scrape()).doesNotContain("feature=\"cpu\"", "feature=\"disk\"");
  }

  private void tellOf(String feature) {
    Alert alert = alert(1e-6);
    set(alert, "contributions", List.of(contribution(feature)));
    metrics.scored(new Verdict(MODEL, 9, 1e-6, true, false, List.of(), OptionalInt.empty()), 0);
    metrics.alerted(alert, RecordClock.EVENT);
  }

  private long series() {
    return registry.scrape().lines().filter(line -> line.startsWith("weir_")).count();
  }

  private List<Meter> ours() {
    return registry.meters().stream()
        .filter(meter -> meter.getId().getName().startsWith("weir."))
        .toList();
  }

  @Test
  void shouldHaveNamesThatDashboardsRelyOn() {
    registry.inference("fleet", ModelRole.LIVE);
    registry.models("fleet", ModelRole.LIVE);

    assertThat(named(registry.scrape(), "# TYPE "))
        .containsExactly(
            "weir_alarm_rate_asked_ratio gauge",
            "weir_alarm_rate_realised_ratio gauge",
            "weir_alerts_total counter",
            "weir_anomalous_records_total counter",
            "weir_batch_rows histogram",
            "weir_batch_rows_max gauge",
            "weir_future_records_total counter",
            "weir_incidents_open gauge",
            "weir_inference_seconds histogram",
            "weir_inference_seconds_max gauge",
            "weir_model_info gauge",
            "weir_model_reloads_total counter",
            "weir_probability histogram",
            "weir_queue_age_seconds histogram",
            "weir_queue_age_seconds_max gauge",
            "weir_record_to_alert_seconds histogram",
            "weir_record_to_alert_seconds_max gauge",
            "weir_record_to_score_seconds histogram",
            "weir_record_to_score_seconds_max gauge",
            "weir_rejected_records_total counter",
            "weir_score histogram",
            "weir_score_drift_psi gauge",
            "weir_scored_records_total counter",
            "weir_suppressed_alerts_total counter",
            "weir_tombstone_records_total counter",
            "weir_top_feature_alerts_total counter",
            "weir_unpublished_records_total counter",
            "weir_unwatched_records_total counter",
            "weir_warming_up_records_total counter");
  }

  @Test
  void shouldCompareTheModelOnTrialWithTheLiveOne() {
    // Given
    metrics.compared(verdict(2, 0.8), Optional.of(verdict(4, 0.5)));
    metrics.onTrial(manifest);

    // When
    Verdict anomalous = new Verdict(MODEL, 20, 1e-6, true, false, List.of(), OptionalInt.empty());
    metrics.compared(verdict(2, 0.8), Optional.of(verdict(4, 0.5)));
    metrics.compared(verdict(2, 0.8), Optional.of(anomalous));
    metrics.compared(anomalous, Optional.of(anomalous));
    metrics.compared(anomalous, Optional.of(verdict(1, 0.9)));
    metrics.compared(anomalous, Optional.of(verdict(1, 0.9)));
    metrics.compared(anomalous, Optional.empty());
    metrics.compared(anomalous, Optional.of(warmingUp(7, 0.2)));

    // Then
    String compared = "weir_compared_records_total{anomalous=\"";
    assertThat(registry.scrape().lines())
        .contains(
            compared + "neither\",pipeline=\"fleet\"} 1.0",
            compared + "shadow\",pipeline=\"fleet\"} 1.0",
            compared + "both\",pipeline=\"fleet\"} 1.0",
            compared + "live\",pipeline=\"fleet\"} 2.0",
            compared + "unscored\",pipeline=\"fleet\"} 1.0",
            "weir_score_sum{pipeline=\"fleet\",role=\"shadow\"} 46.0",
            "weir_score_count{pipeline=\"fleet\",role=\"live\"} 0");
    assertThat(registry.scrape())
        .containsPattern("weir_model_info\\{.*role=\"live\".*} 1")
        .containsPattern("weir_model_info\\{.*role=\"shadow\".*} 1");
  }

  @Test
  void shouldTimeEachRunOfTheNetwork() {
    // Given
    FakeModel model = new FakeModel(manifest);
    MeteredAnomalyModel metered =
        new MeteredAnomalyModel(model, registry.inference("fleet", ModelRole.LIVE));

    // When
    try (ScoredBatch scored = metered.score(FixedScores.row(5, 0, 0))) {
      assertThat(scored.score(0)).isEqualTo(5);
    }
    metered.close();

    // Then
    assertThat(registry.scrape().lines())
        .contains("weir_inference_seconds_count{pipeline=\"fleet\",role=\"live\"} 1");
    assertThat(metered.manifest()).isSameAs(manifest);
    assertThat(model.isClosed()).isTrue();
  }

  /** What follows the prefix on our meters' lines, in the order of the alphabet. */
  private static List<String> named(String scrape, String prefix) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(prefix + "weir_"))
        .map(line -> line.substring(prefix.length()))
        .sorted()
        .toList();
  }

  private static List<String> firstWords(List<String> lines) {
    return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
  }
}
