package dev.weir.trainer.network;

/**
 * A recurrent layer after training, of long short-term memory (Hochreiter and Schmidhuber 1997) or
 * gated recurrent units (Cho et al. 2014), with PyTorch's formulas and its order of gates: input,
 * forget, cell, output for the former; reset, update, new for the latter. The state before the
 * first row is zero.
 *
 * <p>A step of the former: {@code (i, f, g, o) = W x + b + U h + c}, {@code s = σ(f) s + σ(i)
 * tanh(g)}, {@code h = σ(o) tanh(s)}. Of the latter: {@code r, z} as {@code σ} of the like, {@code
 * n = tanh(Wₙ x + bₙ + r (Uₙ h + cₙ))}, {@code h = (1 - z) n + z h}.
 *
 * @param cell which of the two
 * @param inputWeights {@code W}, float32 {@code [gates · units, in]}, row by row
 * @param stateWeights {@code U}, float32 {@code [gates · units, units]}, row by row
 * @param inputBias {@code b}, float32 {@code [gates · units]}
 * @param stateBias {@code c}, float32 {@code [gates · units]}
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
public record RecurrentLayer(
    Cell cell, float[] inputWeights, float[] stateWeights, float[] inputBias, float[] stateBias) {

  /** What a layer is made of. */
  public enum Cell {
    LSTM(4),
    GRU(3);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    /** How many numbers are worked out for each unit in a step. */
    public int gates() {
      return gates;
    }
  }

  /** The size of the state. */
  public int units() {
    return inputBias.length / cell.gates();
  }

  /** The size of a row. */
  public int inputs() {
    return inputWeights.length / inputBias.length;
  }
}
