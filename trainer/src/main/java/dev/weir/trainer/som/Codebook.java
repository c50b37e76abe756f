package dev.weir.trainer.som;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The weights of a map's cells, and the search among them.
 *
 * <p>They lie column by column, float32 {@code [s, c]} for {@code s} values in each of {@code c}
 * cells, so that the innermost loops run over neighbouring cells and become vector instructions.
 * Distances are over the values that are present in a sample. A search uses all cores; its results
 * do not depend on how many there are. Not thread-safe while it is trained.
 */
final class Codebook {
  private static final int SAMPLES_AT_ONCE = 64;
  private static final int CELLS_AT_ONCE = 512;

  private final int cells;
  private final int size;
  private final float[] weights;

  /**
   * A codebook of given weights.
   *
   * @param rowByRow float32 {@code [c, s]}
   */
  Codebook(float[] rowByRow, int size) {
    this.size = size;
    cells = rowByRow.length / size;
    weights = new float[rowByRow.length];
    for (int cell = 0; cell < cells; cell++) {
      for (int k = 0; k < size; k++) {
        weights[k * cells + cell] = rowByRow[cell * size + k];
      }
    }
  }

  int cells() {
    return cells;
  }

  int size() {
    return size;
  }

  float at(int cell, int place) {
    return weights[place * cells + cell];
  }

  void set(int cell, int place, float value) {
    weights[place * cells + cell] = value;
  }

  /** A copy of the weights, float32 {@code [c, s]}. */
  float[] rowByRow() {
    float[] copy = new float[weights.length];
    for (int cell = 0; cell < cells; cell++) {
      for (int k = 0; k < size; k++) {
        copy[cell * size + k] = weights[k * cells + cell];
      }
    }
    return copy;
  }

  /** Finds the best matching units of all samples. */
  BestMatches bestMatches(SomSamples samples) {
    float[] squares = squares();
    BestMatches found =
        new BestMatches(
            new int[samples.count()], new int[samples.count()], new double[samples.count()]);
    int blocks = (samples.count() + SAMPLES_AT_ONCE - 1) / SAMPLES_AT_ONCE;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int first = block * SAMPLES_AT_ONCE;
              new Search(samples, squares, found)
                  .run(first, Math.min(samples.count(), first + SAMPLES_AT_ONCE));
            });
    return found;
  }

  /** The best matching unit of one sample; {@code distances} is room for {@code [c]} numbers. */
  int bestMatch(SomSamples samples, int sample, float[] distances) {
    Arrays.fill(distances, 0, cells, 0);
    addDistances(samples, sample, 0, cells, distances);
    int best = 0;
    for (int cell = 1; cell < cells; cell++) {
      best = distances[cell] < distances[best] ? cell : best;
    }
    return best;
  }

  /**
   * Moves some cells towards a sample, in the columns that it has.
   *
   * @param first the first cell
   * @param rates by how much of the difference each of them moves, from the first cell on
   */
  void move(SomSamples samples, int sample, int first, int end, float[] rates) {
    for (int k = 0; k < size; k++) {
      float value = samples.at(sample, k);
      if (!Float.isNaN(value)) {
        int column = k * cells;
        for (int cell = first; cell < end; cell++) {
          weights[column + cell] += rates[cell - first] * (value - weights[column + cell]);
        }
      }
    }
  }

  /** The mean over the present features of the squared distance of a sample to a cell. */
  double error(SomSamples samples, int sample, int cell) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      float value = samples.at(sample, k);
      if (!Float.isNaN(value)) {
        double difference = (double) value - weights[k * cells + cell];
        sum += difference * difference;
      }
    }
    return sum / Math.max(1, samples.present(sample));
  }

  private float[] squares() {
    float[] squares = new float[cells];
    for (int k = 0; k < size; k++) {
      for (int cell = 0; cell < cells; cell++) {
        float weight = weights[k * cells + cell];
        squares[cell] += weight * weight;
      }
    }
    return squares;
  }

  /** Adds {@code w² - 2xw} over the present values: the squared distance but for {@code x²}. */
  private void addDistances(SomSamples samples, int sample, int first, int end, float[] distances) {
    float[] values = samples.values();
    for (int k = 0; k < size; k++) {
      float value = values[sample * size + k];
      if (Float.isNaN(value)) {
        continue;
      }
      float twice = -2 * value;
      int column = k * cells + first;
      for (int j = 0; j < end - first; j++) {
        float weight = weights[column + j];
        distances[j] += weight * (weight + twice);
      }
    }
  }

  /** A search for some samples, in blocks of cells that fit the nearest cache. */
  private final class Search {
    private final SomSamples samples;
    private final float[] squares;
    private final BestMatches found;
    private final float[] distances = new float[CELLS_AT_ONCE];
    private final float[] best = new float[SAMPLES_AT_ONCE];
    private final float[] second = new float[SAMPLES_AT_ONCE];

    Search(SomSamples samples, float[] squares, BestMatches found) {
      this.samples = samples;
      this.squares = squares;
      this.found = found;
    }

    void run(int first, int end) {
      Arrays.fill(best, Float.POSITIVE_INFINITY);
      Arrays.fill(second, Float.POSITIVE_INFINITY);
      for (int tile = 0; tile < cells; tile += CELLS_AT_ONCE) {
        int tileEnd = Math.min(cells, tile + CELLS_AT_ONCE);
        for (int i = first; i < end; i++) {
          if (samples.isComplete(i)) {
            setDistances(i, tile, tileEnd);
          } else {
            Arrays.fill(distances, 0);
            addDistances(samples, i, tile, tileEnd, distances);
          }
          pick(i, i - first, tile, tileEnd);
        }
      }
      for (int i = first; i < end; i++) {
        found.errors()[i] = error(samples, i, found.cells()[i]);
      }
    }

    /** Four columns at once, so that each distance is loaded and stored less often. */
    private void setDistances(int sample, int tile, int tileEnd) {
      int width = tileEnd - tile;
      float[] to = distances;
      float[] from = weights;
      float[] values = samples.values();
      System.arraycopy(squares, tile, to, 0, width);
      int at = sample * size;
      int k = 0;
      for (; k + 4 <= size; k += 4) {
        float a = -2 * values[at + k];
        float b = -2 * values[at + k + 1];
        float c = -2 * values[at + k + 2];
        float d = -2 * values[at + k + 3];
        int columnA = k * cells + tile;
        int columnB = columnA + cells;
        int columnC = columnB + cells;
        int columnD = columnC + cells;
        for (int j = 0; j < width; j++) {
          to[j] +=
              a * from[columnA + j]
                  + b * from[columnB + j]
                  + c * from[columnC + j]
                  + d * from[columnD + j];
        }
      }
      for (; k < size; k++) {
        float twice = -2 * values[at + k];
        int column = k * cells + tile;
        for (int j = 0; j < width; j++) {
          to[j] += twice * from[column + j];
        }
      }
    }

    private void pick(int sample, int place, int tile, int tileEnd) {
      float nearest = best[place];
      float next = second[place];
      for (int j = 0; j < tileEnd - tile; j++) {
        float distance = distances[j];
        if (distance < next) {
          if (distance < nearest) {
            next = nearest;
            found.seconds()[sample] = found.cells()[sample];
            nearest = distance;
            found.cells()[sample] = tile + j;
          } else {
            next = distance;
            found.seconds()[sample] = tile + j;
          }
        }
      }
      best[place] = nearest;
      second[place] = next;
    }
  }
}
