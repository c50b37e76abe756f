package dev.weir.trainer.search;

/**
 * A way to make an anomaly of a normal row. Each kind has sizes from hardly to plainly anomalous,
 * so that neither a poor model finds none nor a good one all.
 *
 * <p>The kinds of single rows follow those of ADBench (Han et al. 2022): anomalies by dependency
 * ({@link #SWAPPED}, {@link #TRANSPLANTED}), local and global ones ({@link #DISPLACED}, {@link
 * #STRETCHED}); spikes, level shifts and moments out of place are those of time series (Goswami et
 * al. 2023).
 */
public enum ProbeKind {
  /** Half of the features have the values of other rows, each of another one. */
  SWAPPED("swapped", false),
  /** Some features have the values that they have together in one other row. */
  TRANSPLANTED("transplanted", false),
  /** One to three numbers are moved. */
  SPIKE("spike", false),
  /** All numbers are moved by a multiple of the difference between two other rows. */
  DISPLACED("displaced", false),
  /** All numbers are farther from their means than they were, by one factor. */
  STRETCHED("stretched", false),
  /** The last rows are those of another moment. */
  OUT_OF_PLACE("out of place", true),
  /** One to three numbers are moved in all of the last rows, by the same distance. */
  LEVEL_SHIFT("level shift", true);

  private final String title;
  private final boolean ofSeveralRows;

  ProbeKind(String title, boolean ofSeveralRows) {
    this.title = title;
    this.ofSeveralRows = ofSeveralRows;
  }

  public String title() {
    return title;
  }

  /** Whether it is made of several rows, and so needs models that see more than one. */
  boolean isOfSeveralRows() {
    return ofSeveralRows;
  }
}
