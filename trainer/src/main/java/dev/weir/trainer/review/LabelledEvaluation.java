package dev.weir.trainer.review;

import dev.weir.model.bundle.LabelledSummary;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LabelledHistory;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.evaluation.DetectionDelay;
import dev.weir.trainer.evaluation.DominantPeriod;
import dev.weir.trainer.evaluation.PrecisionRecallCurve;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.evaluation.ThresholdMetrics;
import dev.weir.trainer.evaluation.VolumeUnderSurface;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a model is on a file with labels, point by point, never point-adjusted.
 *
 * @param summary the figures
 * @param curve empty if nothing is labelled as anomalous
 */
public record LabelledEvaluation(LabelledSummary summary, Optional<PrecisionRecallCurve> curve) {
  private static final int CURVE_POINTS = 300;

  /**
   * Compares scores with labels.
   *
   * @param threshold from which score on a row is anomalous
   */
  public static LabelledEvaluation of(ScoredFile scored, double threshold) {
    LabelledHistory file = scored.file();
    Samples samples = file.samples();
    double[] scores = scored.scores();
    boolean[] labels = file.labels();
    boolean[] alerts = new boolean[labels.length];
    double[] first = new double[labels.length];
    int anomalies = 0;
    int falseAlarms = 0;
    for (int i = 0; i < labels.length; i++) {
      alerts[i] = scores[i] >= threshold;
      first[i] = samples.at(i, 0);
      anomalies += labels[i] ? 1 : 0;
      falseAlarms += alerts[i] && !labels[i] ? 1 : 0;
    }
    RankingMetrics ranking = RankingMetrics.of(scores, labels);
    ThresholdMetrics at = ThresholdMetrics.of(alerts, labels);
    DetectionDelay delay = DetectionDelay.of(alerts, labels, times(file.history(), samples));
    double volume = VolumeUnderSurface.of(scores, labels, DominantPeriod.estimate(first)).pr();
    LabelledSummary summary =
        new LabelledSummary(
            file.history().origin(),
            labels.length,
            anomalies,
            number(ranking.rocAuc()),
            number(ranking.averagePrecision()),
            number(volume),
            number(at.precision()),
            number(at.recall()),
            number(at.f1()),
            number(at.falseAlarmRate()),
            delay.ranges(),
            delay.found(),
            number(delay.medianRows()),
            number(OptionalDouble.of(delay.medianMillis().orElse(Double.NaN) / 1000)),
            falseAlarmsPerDay(file.history(), falseAlarms));
    return new LabelledEvaluation(
        summary,
        anomalies == 0
            ? Optional.empty()
            : Optional.of(PrecisionRecallCurve.of(scores, labels, CURVE_POINTS)));
  }

  private static Optional<long[]> times(History history, Samples samples) {
    if (!history.timed()) {
      return Optional.empty();
    }
    long[] times = new long[samples.count()];
    for (int i = 0; i < times.length; i++) {
      times[i] = history.linked().times()[samples.row(i)];
    }
    return Optional.of(times);
  }

  private static Double falseAlarmsPerDay(History history, int falseAlarms) {
    OptionalDouble perDay = history.rowsPerDay();
    return perDay.isEmpty()
        ? null
        : (Double) (falseAlarms * perDay.getAsDouble() / history.rows().count());
  }

  private static Double number(OptionalDouble value) {
    return value.isEmpty() ? null : number(value.getAsDouble());
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
