package dev.weir.trainer.som;

import dev.weir.trainer.data.Samples;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.Arrays;

/**
 * What a map sees: preprocessed samples, flattened, float32 {@code [n, s]} with {@code s = w · e};
 * NaN where a value is missing, or is nothing that a model has to give back. Immutable.
 */
public final class SomSamples {
  private static final int SAMPLES_AT_ONCE = 4096;

  private final float[] values;
  private final int size;
  private final int[] present;
  private final boolean[] complete;
  private final boolean allComplete;

  private SomSamples(float[] values, int size, int[] present) {
    this.values = values;
    this.size = size;
    this.present = present;
    complete = new boolean[present.length];
    boolean all = true;
    for (int i = 0; i < complete.length; i++) {
      boolean whole = true;
      for (int k = i * size; k < (i + 1) * size && whole; k++) {
        whole = !Float.isNaN(values[k]);
      }
      complete[i] = whole;
      all &= whole;
    }
    allComplete = all;
  }

  /** Values as they are, of which each is a feature of its own; wraps the array. */
  public static SomSamples of(float[] values, int size) {
    int[] present = new int[values.length / size];
    for (int k = 0; k < values.length; k++) {
      present[k / size] += Float.isNaN(values[k]) ? 0 : 1;
    }
    return new SomSamples(values, size, present);
  }

  /** Preprocesses samples. */
  public static SomSamples of(Preprocessor preprocessor, Samples samples) {
    return of(preprocessor, samples, 0, samples.count());
  }

  /** Preprocesses the samples from one index (inclusive) to another (exclusive). */
  public static SomSamples of(Preprocessor preprocessor, Samples samples, int from, int to) {
    int size = Math.multiplyExact(samples.window(), preprocessor.columnCount());
    float[] values = new float[Math.multiplyExact(to - from, size)];
    int[] present = new int[to - from];
    for (int first = from; first < to; first += SAMPLES_AT_ONCE) {
      int end = Math.min(to, first + SAMPLES_AT_ONCE);
      float[] inputs = preprocessor.apply(samples, first, end);
      float[] mask = preprocessor.mask(samples, first, end);
      int offset = (first - from) * size;
      for (int k = 0; k < inputs.length; k++) {
        values[offset + k] = mask[k] == 0 ? Float.NaN : inputs[k];
      }
      for (int i = first; i < end; i++) {
        present[i - from] = preprocessor.present(samples, i, i + 1);
      }
    }
    return new SomSamples(values, size, present);
  }

  /** The number of samples, {@code n}. */
  public int count() {
    return present.length;
  }

  /** The number of values in a sample, {@code s}. */
  public int size() {
    return size;
  }

  /** How many features are there in a sample, over all its rows. */
  public int present(int sample) {
    return present[sample];
  }

  /** A value; NaN if it is not there. */
  public float at(int sample, int place) {
    return values[sample * size + place];
  }

  /** Whether no value of a sample is missing. */
  boolean isComplete(int sample) {
    return complete[sample];
  }

  /** Whether no value of any sample is missing. */
  boolean areAllComplete() {
    return allComplete;
  }

  /** The samples' own array: for reading only. */
  float[] values() {
    return values;
  }

  /** Evenly spaced samples, so many at most. */
  SomSamples thinned(int most) {
    if (count() <= most) {
      return this;
    }
    float[] kept = new float[most * size];
    int[] keptPresent = new int[most];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * count() / most);
      System.arraycopy(values, from * size, kept, i * size, size);
      keptPresent[i] = present[from];
    }
    return new SomSamples(kept, size, keptPresent);
  }

  /** The mean of each column over the samples in which it is there, or 0; float64 {@code [s]}. */
  double[] means() {
    double[] means = new double[size];
    int[] counts = new int[size];
    for (int i = 0; i < count(); i++) {
      for (int k = 0; k < size; k++) {
        float value = values[i * size + k];
        if (!Float.isNaN(value)) {
          means[k] += value;
          counts[k]++;
        }
      }
    }
    Arrays.setAll(means, k -> means[k] / Math.max(1, counts[k]));
    return means;
  }
}
