package dev.weir.cli.compare;

import dev.weir.cli.console.Numbers;
import dev.weir.cli.evaluate.Evaluation;
import java.util.Locale;

/**
 * Whether the new model is better, in a sentence or two.
 *
 * <p>With labels that is judged by two figures that depend on no threshold, AUC-PR and VUS-PR:
 * better or worse if one moves by at least {@value #NOTABLE} and the other does not move as much
 * the other way. Without labels nobody can say, and how far the models agree is said instead.
 */
final class Verdict {
  private static final double NOTABLE = 0.01;

  /** How many times as many alerts as asked are too many. */
  private static final double TOO_MANY = 3;

  private static final double MOSTLY = 0.5;

  private Verdict() {}

  static String of(Comparison comparison) {
    return judgement(comparison) + rates(comparison);
  }

  private static String judgement(Comparison comparison) {
    if (comparison.before().evaluation().labelled().isEmpty()
        || comparison.after().evaluation().labelled().isEmpty()) {
      return "without labels nobody can say which is better; " + agreement(comparison);
    }
    Evaluation.Labelled before = comparison.before().evaluation().labelled().get();
    Evaluation.Labelled after = comparison.after().evaluation().labelled().get();
    double ranking = after.ranking().averagePrecision() - before.ranking().averagePrecision();
    double volume = after.volume().pr() - before.volume().pr();
    if (Double.isNaN(ranking) || Double.isNaN(volume)) {
      return "the labels are all alike, so nobody can say which is better; "
          + agreement(comparison);
    }
    return word(ranking, volume)
        + String.format(Locale.ROOT, " (AUC-PR %+.3f, VUS-PR %+.3f)", ranking, volume);
  }

  private static String word(double ranking, double volume) {
    boolean up = Math.max(ranking, volume) >= NOTABLE;
    boolean down = Math.min(ranking, volume) <= -NOTABLE;
    if (up && down) {
      return "the new model is better in one respect and worse in another";
    }
    if (up) {
      return "the new model is better";
    }
    return down ? "the new model is worse" : "the two models are as good as each other";
  }

  private static String agreement(Comparison comparison) {
    if (Double.isNaN(comparison.jaccard())) {
      return "neither raises an alert";
    }
    return (comparison.jaccard() >= MOSTLY ? "they mostly agree" : "they mostly disagree")
        + ": "
        + Numbers.percent(comparison.jaccard())
        + " of the alerts are raised by both";
  }

  private static String rates(Comparison comparison) {
    return rate("new", comparison.after()) + rate("old", comparison.before());
  }

  private static String rate(String name, Comparison.Side side) {
    double asked = side.manifest().threshold().falseAlarmRate();
    double raised =
        side.evaluation()
            .labelled()
            .map(labelled -> labelled.atThreshold().falseAlarmRate())
            .filter(Double::isFinite)
            .orElse(side.alertRate());
    if (raised * side.evaluation().rows() < 1 || raised <= TOO_MANY * asked) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "; the %s one alerts on %.2g times as many %srows as it was asked to",
        name,
        raised / asked,
        side.evaluation().labelled().isPresent() ? "normal " : "");
  }
}
