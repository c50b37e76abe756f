package dev.weir.trainer.som;

/**
 * A trained self-organising map. Immutable.
 *
 * <p>Weights are in the columns that a network sees: {@code s = w · e} of them for {@code w} rows
 * in a sample, the newest last.
 */
public final class SomMap {
  /** Errors of a cell are mixed with the map's mean error as if it had so many hits more. */
  private static final double SHRINKAGE = 5;

  private final SomGrid grid;
  private final float[] weights;
  private final int[] hits;
  private final double[] meanErrors;
  private final MapErrors training;
  private final MapErrors validation;
  private final Codebook codebook;

  private SomMap(
      SomGrid grid,
      float[] weights,
      int[] hits,
      double[] meanErrors,
      MapErrors training,
      MapErrors validation) {
    this.grid = grid;
    this.weights = weights;
    this.hits = hits;
    this.meanErrors = meanErrors;
    this.training = training;
    this.validation = validation;
    codebook = new Codebook(weights, weights.length / grid.cells());
  }

  /**
   * Measures a map of given weights.
   *
   * @param weights float32 {@code [c, s]}
   * @param training the samples that count as hits
   */
  public static SomMap of(
      SomGrid grid, float[] weights, SomSamples training, SomSamples validation) {
    if (weights.length != grid.cells() * training.size()) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + grid.cells() + " cells of " + training.size());
    }
    Codebook codebook = new Codebook(weights, training.size());
    BestMatches matches = codebook.bestMatches(training);
    int[] hits = matches.hits(grid.cells());
    double[] means = new double[grid.cells()];
    for (int i = 0; i < training.count(); i++) {
      int cell = matches.cells()[i];
      means[cell] += matches.errors()[i] / hits[cell];
    }
    return new SomMap(
        grid,
        weights.clone(),
        hits,
        means,
        MapErrors.of(matches, grid),
        MapErrors.of(codebook.bestMatches(validation), grid));
  }

  public SomGrid grid() {
    return grid;
  }

  /** The number of values in a sample, {@code s}. */
  public int size() {
    return codebook.size();
  }

  /** A weight of a cell. */
  public float weight(int cell, int place) {
    return weights[cell * size() + place];
  }

  /** A copy of the weights, float32 {@code [c, s]}. */
  public float[] weights() {
    return weights.clone();
  }

  /** How many training samples a cell won. */
  public int hits(int cell) {
    return hits[cell];
  }

  /** The mean error of the training samples that a cell won; 0 if it won none. */
  public double meanError(int cell) {
    return meanErrors[cell];
  }

  /**
   * What error is usual in a cell: the mean over the training samples that it won, mixed with that
   * over all of them, since a mean over few says little; above zero.
   */
  public double usualError(int cell) {
    double all = training.quantisation();
    double usual = (hits[cell] * meanErrors[cell] + SHRINKAGE * all) / (hits[cell] + SHRINKAGE);
    return all > 0 ? usual : 1;
  }

  public MapErrors training() {
    return training;
  }

  public MapErrors validation() {
    return validation;
  }

  /** Finds the best matching units of samples, on all cores. */
  public BestMatches bestMatches(SomSamples samples) {
    return codebook.bestMatches(samples);
  }

  /** What errors are usual where samples are. */
  public UsualErrors usualErrors() {
    return new UsualErrors(this, codebook);
  }

  /** The Euclidean distance of two cells' weights. */
  public double distance(int one, int other) {
    double squares = 0;
    for (int k = 0; k < size(); k++) {
      double difference = (double) weight(one, k) - weight(other, k);
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  /**
   * The unified distance matrix (Ultsch and Siemon 1990): for each cell the mean distance of its
   * weights to those of the cells beside it. High values are walls between clusters.
   *
   * @return float64 {@code [c]}
   */
  public double[] unifiedDistances() {
    double[] distances = new double[grid.cells()];
    for (int cell = 0; cell < distances.length; cell++) {
      int[] neighbours = grid.neighbours(cell);
      for (int neighbour : neighbours) {
        distances[cell] += distance(cell, neighbour) / neighbours.length;
      }
    }
    return distances;
  }
}
