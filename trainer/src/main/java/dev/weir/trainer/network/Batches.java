package dev.weir.trainer.network;

import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Samples, dealt out in batches. Each is preprocessed when it is asked for. */
public final class Batches {
  private final Preprocessor preprocessor;
  private final Samples samples;
  private final int batchSize;
  private final Optional<Teaching> teaching;
  private final int[] order;
  private Samples shuffled;

  /** Deals out the samples as they stand, until they are shuffled. */
  public Batches(Preprocessor preprocessor, Samples samples, int batchSize) {
    this(preprocessor, samples, batchSize, Optional.empty());
  }

  /** The same with what a teacher says of each, if there is one. */
  public Batches(
      Preprocessor preprocessor, Samples samples, int batchSize, Optional<Teaching> teaching) {
    this.teaching = teaching;
    this.preprocessor = preprocessor;
    this.samples = samples;
    this.batchSize = batchSize;
    shuffled = samples;
    order = new int[samples.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /** The number of samples in all batches together. */
  public int rows() {
    return order.length;
  }

  public int count() {
    return (order.length - 1) / batchSize + 1;
  }

  /** Fisher-Yates. */
  public void shuffle(RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    shuffled = samples.pick(order);
  }

  /** One batch; the last one may be shorter. */
  public Batch get(int batch) {
    int first = batch * batchSize;
    int end = Math.min(order.length, first + batchSize);
    return new Batch(
        end - first,
        preprocessor.apply(shuffled, first, end),
        preprocessor.mask(shuffled, first, end),
        Math.max(1, preprocessor.present(shuffled, first, end)),
        teaching.map(by -> lesson(by, first, end)));
  }

  private Lesson lesson(Teaching by, int first, int end) {
    int count = end - first;
    float[] expected = new float[count * by.width()];
    float[] known = new float[expected.length];
    for (int i = 0; i < count; i++) {
      int row = shuffled.row(first + i);
      System.arraycopy(by.expected(), row * by.width(), expected, i * by.width(), by.width());
      for (int j = 0; j < by.width(); j++) {
        boolean missing = Float.isNaN(shuffled.at(first + i, j));
        known[i * by.width() + j] = missing ? Float.NaN : expected[i * by.width() + j];
      }
    }
    Samples wanted = Samples.of(Rows.of(expected, by.width()));
    Samples present = Samples.of(Rows.of(known, by.width()));
    return new Lesson(
        preprocessor.apply(wanted, 0, count),
        preprocessor.mask(present, 0, count),
        Math.max(1, preprocessor.present(present, 0, count)),
        by.weight());
  }
}
