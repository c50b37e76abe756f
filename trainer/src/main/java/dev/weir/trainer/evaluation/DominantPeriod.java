package dev.weir.trainer.evaluation;

/**
 * The period at which a series resembles itself most, the window of {@link VolumeUnderSurface}
 * where nobody names one.
 *
 * <p>This is the rule of the TSB-AD benchmark ({@code find_length_rank} with rank 1), kept to the
 * letter so that figures compare. TSB-AD applies it to the first feature of the series that is
 * scored, in the feature's own unit and with no regard to the other features.
 */
public final class DominantPeriod {
  /** What a series without a usable period gets, in points. */
  public static final int DEFAULT = 125;

  private static final int MAX_POINTS = 20_000;
  private static final int MAX_LAG = 400;
  private static final int SKIPPED_LAGS = 3;
  private static final int SHORTEST = 6;
  private static final int LONGEST = 303;

  private DominantPeriod() {}

  /**
   * Finds the highest peak of the autocorrelation of the first 20,000 points at lags 4 to 399; the
   * longer lag wins a tie.
   *
   * @return the peak's lag in points, or {@link #DEFAULT} if it is under 6 or over 303, even where
   *     a lower peak is in between (TSB-AD's limits of 3 and 300 do not count the three lags that
   *     it skips), or if there is no peak: in a constant or very short series, or one with a value
   *     that is not finite
   */
  public static int estimate(double[] series) {
    double[] similarity = autocovariance(series);
    int best = -1;
    for (int lag = SKIPPED_LAGS + 1; lag < similarity.length - 1; lag++) {
      boolean peak = similarity[lag] > similarity[lag - 1] && similarity[lag] > similarity[lag + 1];
      if (peak && (best < 0 || similarity[lag] >= similarity[best])) {
        best = lag;
      }
    }
    return best >= SHORTEST && best <= LONGEST ? best : DEFAULT;
  }

  /** {@link #estimate(double[])} for a feature as models take it. */
  public static int estimate(float[] series) {
    return estimate(LabelledScores.widened(series));
  }

  /** At lags from 0; not divided by the variance, which would not move a peak. */
  private static double[] autocovariance(double[] series) {
    int points = Math.min(series.length, MAX_POINTS);
    double sum = 0;
    for (int i = 0; i < points; i++) {
      sum += series[i];
    }
    double mean = sum / points;
    double[] centred = new double[points];
    for (int i = 0; i < points; i++) {
      centred[i] = series[i] - mean;
    }
    double[] products = new double[Math.min(points, MAX_LAG + 1)];
    for (int lag = 0; lag < products.length; lag++) {
      for (int i = lag; i < points; i++) {
        products[lag] += centred[i] * centred[i - lag];
      }
    }
    return products;
  }
}
