package dev.weir.cli.compare;

import dev.weir.cli.evaluate.Evaluation;
import dev.weir.cli.evaluate.OfflineScores;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.evaluation.DominantPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two models on the same rows.
 *
 * @param rows how many both scored
 * @param before the old model
 * @param after the new model
 * @param both alerts of both models
 * @param onlyBefore alerts of the old model alone
 * @param onlyAfter alerts of the new model alone
 * @param jaccard the share of all alerts that both raise; NaN if there is none
 * @param spearman rank correlation of the scores; NaN if all scores of a model are equal
 * @param pearsonLogP correlation of the logarithms of the probabilities
 */
public record Comparison(
    int rows,
    Side before,
    Side after,
    int both,
    Difference onlyBefore,
    Difference onlyAfter,
    double jaccard,
    double spearman,
    double pearsonLogP) {
  private static final int EXAMPLES = 5;

  /** One of the models. */
  public record Side(Manifest manifest, Evaluation evaluation) {

    /** The share of the rows that it alerts on. */
    public double alertRate() {
      return (double) evaluation.alerts() / evaluation.rows();
    }
  }

  /**
   * Alerts that one model alone raises.
   *
   * @param count how many
   * @param anomalies how many of them are labelled as anomalous; 0 without labels
   * @param examples those that it is most sure of
   */
  public record Difference(int count, int anomalies, List<Example> examples) {}

  /**
   * A row that only one model alerts on.
   *
   * @param row its number after the header
   * @param before the probability that a normal row scores as high by the old model
   * @param after the same by the new model
   */
  public record Example(long row, double before, double after) {}

  /**
   * Compares scores.
   *
   * @param vusWindow 0 to estimate it, from the old model's first feature for both
   * @throws InvalidInputException if no row was scored by both
   */
  public static Comparison of(
      Manifest beforeModel,
      OfflineScores beforeScores,
      Manifest afterModel,
      OfflineScores afterScores,
      int vusWindow) {
    CommonRows common = CommonRows.of(beforeScores, afterScores);
    OfflineScores before = common.before();
    OfflineScores after = common.after();
    int n = before.scores().length;
    if (n == 0) {
      throw new InvalidInputException(
          "no row of the file can be scored by both models: where one has values, the other has"
              + " none; give a file with the columns of both");
    }
    int window = vusWindow == 0 ? DominantPeriod.estimate(before.firstFeature()) : vusWindow;
    Alerts alerts = new Alerts(beforeModel, before, afterModel, after);
    int both = alerts.count(true, true);
    Difference onlyBefore = alerts.difference(true);
    Difference onlyAfter = alerts.difference(false);
    int any = both + onlyBefore.count() + onlyAfter.count();
    return new Comparison(
        n,
        new Side(beforeModel, Evaluation.of(before, beforeModel.threshold(), window)),
        new Side(afterModel, Evaluation.of(after, afterModel.threshold(), window)),
        both,
        onlyBefore,
        onlyAfter,
        any == 0 ? Double.NaN : (double) both / any,
        Correlation.spearman(wide(before.scores()), wide(after.scores())),
        Correlation.pearson(logs(alerts.before), logs(alerts.after)));
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[] logs(double[] probabilities) {
    double[] logs = new double[probabilities.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(probabilities[i]);
    }
    return logs;
  }

  /** Which rows each model alerts on, and how sure it is. */
  private static final class Alerts {
    private final OfflineScores rows;
    private final boolean[] beforeAlerts;
    private final boolean[] afterAlerts;
    private final double[] before;
    private final double[] after;

    Alerts(
        Manifest beforeModel,
        OfflineScores beforeScores,
        Manifest afterModel,
        OfflineScores afterScores) {
      rows = beforeScores;
      beforeAlerts = alerts(beforeModel, beforeScores);
      afterAlerts = alerts(afterModel, afterScores);
      before = probabilities(beforeModel, beforeScores);
      after = probabilities(afterModel, afterScores);
    }

    private static boolean[] alerts(Manifest model, OfflineScores scored) {
      boolean[] alerts = new boolean[scored.scores().length];
      for (int i = 0; i < alerts.length; i++) {
        alerts[i] = scored.scores()[i] >= model.threshold().score();
      }
      return alerts;
    }

    private static double[] probabilities(Manifest model, OfflineScores scored) {
      double[] probabilities = new double[scored.scores().length];
      for (int i = 0; i < probabilities.length; i++) {
        probabilities[i] = model.calibration().exceedance(scored.scores()[i]);
      }
      return probabilities;
    }

    int count(boolean byBefore, boolean byAfter) {
      int count = 0;
      for (int i = 0; i < beforeAlerts.length; i++) {
        count += beforeAlerts[i] == byBefore && afterAlerts[i] == byAfter ? 1 : 0;
      }
      return count;
    }

    Difference difference(boolean byBefore) {
      double[] sure = byBefore ? before : after;
      List<Integer> found = new ArrayList<>();
      int anomalies = 0;
      for (int i = 0; i < beforeAlerts.length; i++) {
        if (beforeAlerts[i] == byBefore && afterAlerts[i] != byBefore) {
          found.add(i);
          anomalies += rows.labels().isPresent() && rows.labels().get()[i] ? 1 : 0;
        }
      }
      List<Example> examples =
          found.stream()
              .sorted(Comparator.comparingDouble(i -> sure[i]))
              .limit(EXAMPLES)
              .map(i -> new Example(rows.rows()[i], before[i], after[i]))
              .toList();
      return new Difference(found.size(), anomalies, examples);
    }
  }
}
