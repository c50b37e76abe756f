package dev.weir.trainer.calibration;

import dev.weir.model.bundle.RateInterval;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How far the share of normal records at or above a threshold may be from what a calibration says.
 *
 * <p>The calibration is fitted anew on scores that are drawn in blocks of consecutive rows from the
 * ones at hand (moving-block bootstrap, Künsch 1989, "The jackknife and the bootstrap for general
 * stationary observations"): rows that follow on each other are alike, so that there is less to be
 * learned from them than their number says. The interval covers what chance does; a change of the
 * topic it cannot foresee.
 */
public final class AlarmRateInterval {
  private static final double CONFIDENCE = 0.95;
  private static final int MOST_DRAWS = 400;
  private static final int FEWEST_DRAWS = 40;
  private static final double ROWS_IN_ALL = 4e6;

  private AlarmRateInterval() {}

  /**
   * The interval of the share.
   *
   * @param scores of the calibration rows, in the order of time
   * @param threshold a score
   */
  public static RateInterval of(double[] scores, double threshold) {
    int draws = (int) Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, ROWS_IN_ALL / scores.length));
    int block = Math.max(1, (int) Math.round(Math.cbrt(scores.length)));
    SplittableRandom random = new SplittableRandom(1);
    double[] drawn = new double[scores.length];
    double[] rates = new double[draws];
    for (int i = 0; i < draws; i++) {
      draw(scores, block, random, drawn);
      rates[i] = CalibrationFitter.fit(drawn).exceedance(threshold);
    }
    Arrays.sort(rates);
    int cut = (int) Math.round(draws * (1 - CONFIDENCE) / 2);
    return new RateInterval(rates[cut], rates[draws - 1 - cut]);
  }

  private static void draw(double[] scores, int block, SplittableRandom random, double[] drawn) {
    for (int at = 0; at < drawn.length; at += block) {
      int from = random.nextInt(scores.length - block + 1);
      System.arraycopy(scores, from, drawn, at, Math.min(block, drawn.length - at));
    }
  }
}
