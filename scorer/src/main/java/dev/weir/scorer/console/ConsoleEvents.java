package dev.weir.scorer.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.schemas.Severity;
import dev.weir.scorer.alert.Agreement;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.http.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events that the console's page listens to, and what is in them. */
@SuppressWarnings("ArrayRecordComponent") // made to be written as JSON, never changed
final class ConsoleEvents {
  /** Of the features, so many of those that have drifted most. */
  private static final int MOST_FEATURES = 8;

  private ConsoleEvents() {}

  /**
   * What changes with a model only.
   *
   * @param instance tells one run of the scorer from another
   */
  record Hello(
      String application,
      String instance,
      long startedAt,
      int keptAlerts,
      List<PipelineInfo> pipelines) {}

  /**
   * A pipeline and its model.
   *
   * @param edges of the score's bins
   * @param expected share of normal records in each bin
   * @param driftThreshold from which index on something has drifted; null if nobody looks
   * @param hasTrial whether a model is to be tried beside the live one
   * @param rates records a second, up to now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PipelineInfo(
      ModelsPage.Entry model,
      double[] edges,
      double[] expected,
      boolean logarithmic,
      MapInfo map,
      Double driftThreshold,
      boolean hasTrial,
      List<Double> rates) {}

  /** A self-organising map's shape. */
  record MapInfo(int rows, int columns, String shape) {}

  /** What changes every second. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Stats(long time, String state, boolean ready, Long lag, List<PipelineStats> pipelines) {}

  /**
   * A pipeline's figures.
   *
   * @param lastRecord when the last record came, in milliseconds since 1970; 0 if none has
   * @param recent records of the last minute in each of the score's bins
   * @param heat what each cell of a map has won lately
   * @param drift as it was when last looked at; null if this instance does not know
   * @param trial null as long as no model is on trial
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PipelineStats(
      String name,
      double rate,
      Double delayMillis,
      long scored,
      long warmingUp,
      long rejected,
      long tombstones,
      long suppressed,
      Map<Severity, Long> alerts,
      long lastRecord,
      long[] recent,
      double[] heat,
      Drift drift,
      TrialCounts trial) {}

  /**
   * How far the records of a window are from those of the training.
   *
   * @param from when the window begins, in milliseconds since 1970, in the time of the records
   * @param to when it ends
   * @param records how many it has
   * @param scores the population stability index of the scores
   * @param known how many features have an index
   * @param features those that are furthest, the furthest first
   */
  record Drift(
      long from,
      long to,
      long records,
      double scores,
      boolean drifting,
      int known,
      List<FeatureDrift> features) {}

  /** A feature's population stability index. */
  record FeatureDrift(String name, double index) {}

  /**
   * A model on trial.
   *
   * @param compared records that both models have judged
   * @param unscored records of which this one could say nothing
   */
  record TrialCounts(
      String model,
      String version,
      long compared,
      long both,
      long live,
      long shadow,
      long unscored) {}

  /**
   * Alerts, oldest first.
   *
   * @param first the number of the first one
   * @param missed how many before it came too fast to be shown
   */
  record Alerts(long first, long missed, List<KeptAlert> alerts) {}

  static Event hello(Hello hello) {
    return Event.of("hello", ConsoleJson.brief(hello));
  }

  static Event stats(Stats stats) {
    return Event.of("stats", ConsoleJson.brief(stats));
  }

  /** With an id by which a reader that comes back is given what came after it. */
  static Event alerts(String instance, AlertRing.Stretch stretch, long missed) {
    return new Event(
        instance + "-" + stretch.next(),
        "alerts",
        ConsoleJson.brief(new Alerts(stretch.from(), missed, stretch.alerts())));
  }

  static PipelineInfo info(PipelineHistory history, ModelsPage.Entry entry) {
    LiveModel model = history.pipeline().model();
    return new PipelineInfo(
        entry,
        model.scores().edges(),
        model.scores().expected(),
        model.scores().isLogarithmic(),
        model
            .cells()
            .map(cells -> new MapInfo(cells.rows(), cells.columns(), cells.shape()))
            .orElse(null),
        Optional.ofNullable(history.pipeline().config().drift())
            .map(DriftConfig::threshold)
            .orElse(null),
        history.pipeline().config().shadow() != null,
        history.rates());
  }

  static PipelineStats stats(PipelineHistory history) {
    PipelineMonitor.Totals totals = history.totals();
    return new PipelineStats(
        history.pipeline().config().name(),
        history.rate(),
        history.delayMillis(),
        totals.scored(),
        totals.warmingUp(),
        totals.rejected(),
        totals.tombstones(),
        totals.suppressed(),
        new EnumMap<>(totals.alerts()),
        totals.lastRecord(),
        history.recentScores(),
        history.pipeline().model().cells().map(CellHits::heat).orElse(null),
        history.pipeline().drift().map(ConsoleEvents::drift).orElse(null),
        history.pipeline().trial().map(ConsoleEvents::trial).orElse(null));
  }

  private static Drift drift(DriftReport report) {
    return new Drift(
        report.from(),
        report.to(),
        report.records(),
        report.probabilities(),
        report.drifting(),
        report.features().size(),
        report.features().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(MOST_FEATURES)
            .map(entry -> new FeatureDrift(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static TrialCounts trial(Trial trial) {
    return new TrialCounts(
        trial.model(),
        trial.version(),
        trial.count(Agreement.BOTH, Agreement.LIVE, Agreement.SHADOW, Agreement.NEITHER),
        trial.count(Agreement.BOTH),
        trial.count(Agreement.LIVE),
        trial.count(Agreement.SHADOW),
        trial.count(Agreement.UNSCORED));
  }
}
