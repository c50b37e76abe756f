package dev.weir.trainer.calibration;

import dev.weir.model.bundle.TailFit;
import dev.weir.model.calibration.ParetoTail;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Tests whether a fitted generalised Pareto tail could have given the scores above its threshold.
 *
 * <p>The statistics are Anderson-Darling's A² and Kolmogorov-Smirnov's D. Because shape and scale
 * were fitted to the same scores, their usual tables do not hold (Choulakian and Stephens 2001,
 * "Goodness-of-fit tests for the generalized Pareto distribution"); the p-value comes from a
 * parametric bootstrap instead: scores are drawn from the fitted tail, a tail is fitted to them,
 * and its A² is compared. It needs no more than {@value #LARGEST_DRAW} scores a draw, for the
 * distribution of A² hardly depends on their number.
 */
public final class TailGoodness {
  private static final int FEWEST_EXCESSES = 10;
  private static final int DRAWS = 199;
  private static final int LARGEST_DRAW = 200;
  private static final long SEED = 1;

  /** Keeps logarithms finite where rounding puts a score at the very end of a tail. */
  private static final double EDGE = 1e-15;

  private TailGoodness() {}

  /**
   * Tests a tail.
   *
   * @param scores that the calibration was fitted on, float64 {@code [n]}
   * @return empty if fewer than {@value #FEWEST_EXCESSES} scores lie above the threshold
   */
  public static Optional<TailFit> of(ParetoTail tail, double[] scores) {
    double[] excesses =
        Arrays.stream(scores)
            .map(score -> score - tail.threshold())
            .filter(excess -> excess > 0)
            .sorted()
            .toArray();
    if (excesses.length < FEWEST_EXCESSES) {
      return Optional.empty();
    }
    double[] probabilities = probabilities(tail, excesses);
    double statistic = andersonDarling(probabilities);
    return Optional.of(
        new TailFit(
            excesses.length,
            statistic,
            kolmogorovSmirnov(probabilities),
            pValue(tail, excesses.length, statistic)));
  }

  private static double pValue(ParetoTail tail, int excesses, double statistic) {
    SplittableRandom random = new SplittableRandom(SEED);
    int reached = 0;
    for (int i = 0; i < DRAWS; i++) {
      double[] drawn =
          random
              .doubles(Math.min(excesses, LARGEST_DRAW))
              .map(u -> tail.scoreAt(tail.exceedanceRate() * (1 - u)) - tail.threshold())
              .filter(excess -> excess > 0)
              .sorted()
              .toArray();
      ParetoTail fitted = ParetoTailFitter.fit(0, tail.exceedanceRate(), drawn);
      reached += andersonDarling(probabilities(fitted, drawn)) >= statistic ? 1 : 0;
    }
    return (reached + 1.0) / (DRAWS + 1);
  }

  /** The fitted distribution function at each excess, ascending. */
  private static double[] probabilities(ParetoTail tail, double[] excesses) {
    return Arrays.stream(excesses)
        .map(excess -> 1 - tail.exceedance(tail.threshold() + excess) / tail.exceedanceRate())
        .map(u -> Math.max(EDGE, Math.min(1 - EDGE, u)))
        .toArray();
  }

  /**
   * A² of ascending values that should be uniform on (0, 1) (Anderson and Darling 1954, "A test of
   * goodness of fit").
   */
  static double andersonDarling(double[] uniform) {
    int n = uniform.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (2 * i + 1) * (Math.log(uniform[i]) + Math.log1p(-uniform[n - 1 - i]));
    }
    return -n - sum / n;
  }

  /** D of ascending values that should be uniform on (0, 1). */
  static double kolmogorovSmirnov(double[] uniform) {
    int n = uniform.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double above = (i + 1.0) / n - uniform[i];
      double below = uniform[i] - (double) i / n;
      largest = Math.max(largest, Math.max(above, below));
    }
    return largest;
  }
}
