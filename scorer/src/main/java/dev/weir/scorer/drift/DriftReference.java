package dev.weir.scorer.drift;

import dev.weir.model.bundle.FeatureDistribution;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.calibration.Calibration;
import dev.weir.model.feature.Feature;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.config.DriftConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a model was trained on, in bins: what counts of records are held against.
 *
 * <p>Counts of all features, and after them of the probabilities, stand in one array, in the order
 * of {@link #parts}. It goes with the first counts of a task, and again with later ones, so that
 * whoever adds them up needs no model.
 *
 * @param id tells it from those of other models and of other settings
 * @param sliceMillis how much time is counted together
 * @param model whose records they are
 * @param parts a histogram for each feature, and one of the probabilities, which is the last
 */
public record DriftReference(String id, long sliceMillis, ModelIdentity model, List<Part> parts) {
  /** A window is so many slices. */
  static final int SLICES = 24;

  /** What the histogram of the probabilities is called; no feature can be called so. */
  private static final String PROBABILITY = "";

  /**
   * One histogram.
   *
   * @param feature whose it is
   * @param expected how many rows each bin holds in training
   * @param labels what each bin holds, in words
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never changed nor compared
  public record Part(String feature, double[] expected, List<String> labels) {
    boolean isOfProbabilities() {
      return feature.equals(PROBABILITY);
    }
  }

  /** How long a slice is, if a window is so long. */
  static long sliceMillis(Duration window) {
    return Math.max(1, window.toMillis() / SLICES);
  }

  static DriftReference of(Manifest manifest, ModelIdentity model, DriftConfig config) {
    List<Part> parts = new ArrayList<>();
    bins(manifest, config)
        .forEach(
            column ->
                parts.add(
                    new Part(
                        column.feature(),
                        column.bins().expected().stream().mapToDouble(n -> n).toArray(),
                        column.bins().labels())));
    parts.add(
        new Part(PROBABILITY, probabilities(manifest.calibration(), config.bins()), List.of()));
    long slice = sliceMillis(config.window());
    String id =
        manifest.modelSha256() + ":" + manifest.version() + ":" + config.bins() + ":" + slice;
    return new DriftReference(id, slice, model, parts);
  }

  /**
   * A feature whose training distribution is known.
   *
   * @param index its column in a row
   */
  record Column(String feature, int index, Bins bins) {}

  static List<Column> bins(Manifest manifest, DriftConfig config) {
    List<Feature> features = manifest.features().features();
    List<Column> columns = new ArrayList<>();
    for (FeatureDistribution distribution : manifest.distributions()) {
      int index = manifest.features().names().indexOf(distribution.feature());
      columns.add(
          new Column(
              distribution.feature(),
              index,
              Bins.of(distribution, features.get(index), config.bins())));
    }
    return columns;
  }

  /**
   * How many calibration rows have a probability in each of so many equal bins. Nearly as many in
   * each, but where many rows share a score.
   */
  private static double[] probabilities(Calibration calibration, int bins) {
    double[] expected = new double[bins];
    double[] quantiles = calibration.quantiles();
    double tail = calibration.tail().exceedanceRate();
    int steps = quantiles.length - 1;
    for (int i = 0; i < steps; i++) {
      double probability =
          quantiles[i] == quantiles[i + 1]
              ? calibration.exceedance(quantiles[i])
              : 1 - (1 - tail) * (i + 0.5) / steps;
      expected[bin(probability, bins)] += (1 - tail) / steps;
    }
    // The tail has all probabilities up to its own rate, evenly.
    for (int i = 0; i < steps; i++) {
      expected[bin(tail * (i + 0.5) / steps, bins)] += tail / steps;
    }
    return DoubleStream.of(expected).map(share -> share * calibration.sampleSize()).toArray();
  }

  /** The bin of a probability. */
  static int bin(double probability, int bins) {
    return Math.min(bins - 1, (int) (probability * bins));
  }

  /** How many counts there are. */
  int size() {
    return parts.stream().mapToInt(part -> part.expected().length).sum();
  }

  /** Where each part's counts begin. */
  int[] offsets() {
    int[] offsets = new int[parts.size()];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = offsets[i - 1] + parts.get(i - 1).expected().length;
    }
    return offsets;
  }

  /** Whether anything is known of features. */
  boolean hasFeatures() {
    return parts.size() > 1;
  }
}
