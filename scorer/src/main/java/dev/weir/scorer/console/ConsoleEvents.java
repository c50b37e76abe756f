package dev.weir.scorer.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.schemas.Severity;
import dev.weir.scorer.http.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The events that the console's page listens to, and what is in them. */
@SuppressWarnings("ArrayRecordComponent") // made to be written as JSON, never changed
final class ConsoleEvents {
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
   * @param rates records a second, up to now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PipelineInfo(
      ModelsPage.Entry model,
      double[] edges,
      double[] expected,
      boolean logarithmic,
      MapInfo map,
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
      double[] heat) {}

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
        history.pipeline().model().cells().map(CellHits::heat).orElse(null));
  }
}
