package dev.weir.trainer.contamination;

import dev.weir.trainer.config.Contamination;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FittedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the rows of a history that a model fitted on it scores worst (Barnett and Lewis 1994,
 * "Outliers in Statistical Data", on trimming). All rows of the whole history are judged each time,
 * so a row that was left out wrongly comes back in the next round.
 */
public final class Trimmer {
  /** More than this is not taken for contamination, however much it stands out. */
  private static final double LARGEST_SHARE = 0.1;

  private final Contamination contamination;
  private final TimeSplit whole;

  /**
   * Prepares a trimming.
   *
   * @param contamination how much to leave out
   * @param whole the parts of the whole history
   */
  public Trimmer(Contamination contamination, TimeSplit whole) {
    this.contamination = contamination;
    this.whole = whole;
  }

  /** What a model's scores leave of the history. */
  public Trimming trim(FittedModel model) {
    double[] training = model.scores(whole.training());
    double[] validation = model.scores(whole.validation());
    double[] calibration = model.scores(whole.calibration());
    // The network has seen the training part, and scores it lower: each part has its own bound.
    List<TrimmedRow> rows = new ArrayList<>();
    return new Trimming(
        new TimeSplit(
            left(whole.training(), training, rows),
            left(whole.validation(), validation, rows),
            left(whole.calibration(), calibration, rows)),
        rows);
  }

  private Samples left(Samples part, double[] scores, List<TrimmedRow> trimmed) {
    double bound =
        contamination.isAuto()
            ? Math.max(OutlierBound.of(scores), OutlierBound.ofShare(scores, LARGEST_SHARE))
            : OutlierBound.ofShare(scores, contamination.share());
    IntStream.range(0, scores.length)
        .filter(i -> scores[i] > bound)
        .mapToObj(i -> new TrimmedRow(part.row(i), scores[i]))
        .sorted(Comparator.comparingInt(TrimmedRow::row))
        .forEach(trimmed::add);
    return part.pick(IntStream.range(0, scores.length).filter(i -> !(scores[i] > bound)).toArray());
  }
}
