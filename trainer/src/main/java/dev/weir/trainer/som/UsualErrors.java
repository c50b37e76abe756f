package dev.weir.trainer.som;

import java.util.stream.IntStream;

/**
 * What quantisation error is usual where a sample is on the map: its cell's own.
 *
 * <p>On the border of two cells a score divided by the one's or the other's would jump, and a
 * rounding error would decide which it is. So close to a border the cells' usual errors are mixed,
 * with weights {@code softmax(-d² / τ)}, where {@code τ} is a hundredth of the sample's squared
 * distance and of what that is on average.
 */
public final class UsualErrors {
  /** How wide a border is, in shares of the squared distance. */
  public static final double BORDER = 0.01;

  private final SomMap map;
  private final Codebook codebook;

  UsualErrors(SomMap map, Codebook codebook) {
    this.map = map;
    this.codebook = codebook;
  }

  /**
   * The usual errors where samples are.
   *
   * @return float64 {@code [n]}, above zero
   */
  public double[] of(SomSamples samples) {
    double[] usual = new double[codebook.cells()];
    for (int cell = 0; cell < usual.length; cell++) {
      usual[cell] = map.usualError(cell);
    }
    return IntStream.range(0, samples.count())
        .parallel()
        .mapToDouble(i -> of(samples, i, usual))
        .toArray();
  }

  private double of(SomSamples samples, int sample, double[] usual) {
    float[] distances = new float[codebook.cells()];
    int best = codebook.bestMatch(samples, sample, distances);
    double squares = 0;
    int present = 0;
    for (int k = 0; k < samples.size(); k++) {
      float value = samples.at(sample, k);
      if (!Float.isNaN(value)) {
        double difference = (double) value - codebook.at(best, k);
        squares += difference * difference;
        present++;
      }
    }
    double width = Math.max(Float.MIN_NORMAL, BORDER * (squares + present * averageError()));
    double sum = 0;
    double weights = 0;
    for (int cell = 0; cell < usual.length; cell++) {
      double weight = Math.exp(-((double) distances[cell] - distances[best]) / width);
      sum += weight * usual[cell];
      weights += weight;
    }
    return sum / weights;
  }

  private double averageError() {
    return map.training().quantisation();
  }
}
