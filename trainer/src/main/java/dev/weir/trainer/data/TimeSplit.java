package dev.weir.trainer.data;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.SplitConfig;

/**
 * A history cut in the order of time; nothing is shuffled across a cut.
 *
 * @param training what the network is fitted on; the oldest part
 * @param validation decides when to stop
 * @param calibration what the score distribution is fitted on; the newest part
 */
public record TimeSplit(Samples training, Samples validation, Samples calibration) {
  /** Fewer rows than this say too little of what is normal. */
  public static final int FEWEST_ROWS = 200;

  private static final int FEWEST_HELD_OUT = 20;

  /**
   * Cuts a history.
   *
   * @param window how many rows of a key a model looks at together; a window reaches back across a
   *     cut, so that no row is left out there
   * @throws InvalidInputException if it has too few rows
   */
  public static TimeSplit of(History history, int window, SplitConfig config) {
    Samples samples = history.samples(window);
    int n = samples.count();
    int calibration = part(samples, config.calibration());
    int validation = part(samples, config.validation());
    if (n < FEWEST_ROWS || Math.min(calibration, validation) < FEWEST_HELD_OUT) {
      throw new InvalidInputException(
          "too little history: "
              + history.origin()
              + " has "
              + n
              + (window == 1 ? " usable rows (" : " usable windows of " + window + " rows (")
              + validation
              + " for validation, "
              + calibration
              + " for calibration), and training needs "
              + FEWEST_ROWS
              + " or more (and "
              + FEWEST_HELD_OUT
              + " for each of those); give it a longer time range or more files");
    }
    int training = n - validation - calibration;
    return new TimeSplit(
        samples.slice(0, training),
        samples.slice(training, training + validation),
        samples.slice(training + validation, n));
  }

  /**
   * How many rows of a history, the oldest ones, are of the training part; all of them, if there
   * are too few to tell.
   *
   * @param window as in {@link #of}
   */
  public static int trainingRows(LinkedRows rows, int window, SplitConfig config) {
    Samples samples = Samples.of(rows.rows(), rows.previous(), window);
    int heldOut = part(samples, config.validation()) + part(samples, config.calibration());
    int training = samples.count() - heldOut;
    return training < 1 ? rows.rows().count() : samples.row(training - 1) + 1;
  }

  private static int part(Samples samples, double share) {
    return (int) Math.round(samples.count() * share);
  }

  /** The same samples, of which only the last rows are looked at. */
  public TimeSplit last(int shorterWindow) {
    return new TimeSplit(
        training.last(shorterWindow),
        validation.last(shorterWindow),
        calibration.last(shorterWindow));
  }
}
