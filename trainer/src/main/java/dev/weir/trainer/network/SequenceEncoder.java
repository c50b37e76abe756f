package dev.weir.trainer.network;

import java.util.List;

/** What reads a window and sums it up in one vector, after training. */
public sealed interface SequenceEncoder {

  /**
   * Recurrent layers, one on top of the other; the summary is the last one's state after the newest
   * row.
   *
   * @param layers the first one sees the rows
   */
  record Recurrent(List<RecurrentLayer> layers) implements SequenceEncoder {
    public Recurrent {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A transformer's encoder; the summary is its newest row. A row is embedded and its place in the
   * window added; then the layers follow.
   *
   * @param embedding {@code [h, e]}, linear
   * @param positions what is added to each row, float32 {@code [w, h]}
   * @param layers the first one sees the embedded rows
   * @param last normalises the summary
   * @param heads of attention, which divide {@code h}
   */
  @SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
  record Transformer(
      DenseLayer embedding,
      float[] positions,
      List<AttentionLayer> layers,
      Normalization last,
      int heads)
      implements SequenceEncoder {
    public Transformer {
      layers = List.copyOf(layers);
    }

    /**
     * Sines and cosines of a row's place, of wave lengths from 2π to 10000 · 2π rows (Vaswani et
     * al. 2017, 3.5).
     *
     * @return float32 {@code [window, width]}
     */
    public static float[] positions(int window, int width) {
      float[] positions = new float[window * width];
      for (int t = 0; t < window; t++) {
        for (int k = 0; k < width; k++) {
          double angle = t / Math.pow(10_000, (k - k % 2) / (double) width);
          positions[t * width + k] = (float) (k % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
        }
      }
      return positions;
    }
  }
}
