package dev.weir.trainer.review;

import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.FittedModel;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Some of the validation samples in a picture of the latent space, with their scores.
 *
 * @param plane where they are
 * @param scores float64 {@code [n]}
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once and thrown away
public record LatentMap(LatentPlane plane, double[] scores) {
  private static final int LARGEST = 1500;

  /** Empty for a model without a latent space. */
  public static Optional<LatentMap> of(
      FittedModel model, TimeSplit split, Examination examination) {
    Samples validation = split.validation();
    int size = Math.min(LARGEST, validation.count());
    int[] picked =
        IntStream.range(0, size).map(i -> (int) ((long) i * validation.count() / size)).toArray();
    double[] scores =
        Arrays.stream(picked).mapToDouble(i -> examination.validationScores()[i]).toArray();
    return LatentPlane.of(model, validation.pick(picked))
        .map(plane -> new LatentMap(plane, scores));
  }
}
