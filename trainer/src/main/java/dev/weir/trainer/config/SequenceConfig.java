package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network of a sequence autoencoder and how it is trained.
 *
 * @param family which kind of model; {@code lstm-autoencoder}, {@code gru-autoencoder} or {@code
 *     transformer-autoencoder}
 * @param window how many rows of a key are read, of which the newest is scored; 2 at least, and 256
 *     at most for a transformer
 * @param hiddenSize of a recurrent layer's state, or of a row within the transformer. Derived from
 *     the number of columns if not given
 * @param codeSize how many numbers a window is squeezed into. Derived likewise
 * @param layers of the encoder, one on top of the other
 * @param heads of attention, which divide {@code hiddenSize}; transformer only
 * @param masking share of the newest row's values that the encoder does not see in training
 * @param dropout share of the encoder's numbers that are left out in training
 * @param epochs passes over the training windows, at most; derived from their number if not given
 * @param batchSize windows a gradient step; derived likewise
 * @param learningRate of Adam, at the start; it falls along a cosine
 * @param weightDecay what is added to a weight's gradient, for each unit of the weight
 * @param patience epochs without a better validation loss after which training stops; derived from
 *     the number of epochs if not given
 * @param seed of initialisation, shuffling and dropout
 */
public record SequenceConfig(
    String family,
    Integer window,
    Integer hiddenSize,
    Integer codeSize,
    Integer layers,
    Integer heads,
    Double masking,
    Double dropout,
    Integer epochs,
    Integer batchSize,
    Double learningRate,
    Double weightDecay,
    Integer patience,
    Long seed)
    implements ModelConfig {
  /** The family's name with long short-term memory. */
  public static final String LSTM = "lstm-autoencoder";

  /** The family's name with gated recurrent units. */
  public static final String GRU = "gru-autoencoder";

  /** The family's name with attention. */
  public static final String TRANSFORMER = "transformer-autoencoder";

  /** What attention takes grows with the square of the window. */
  private static final int WIDEST_ATTENTION = 256;

  private static final int WIDEST_STATE = 4096;
  private static final int MOST_LAYERS = 16;

  /** With so many the validation loss of the Server Machine Dataset has stopped falling. */
  private static final int ENOUGH_STEPS = 1300;

  private static final int MOST_HEADS_BY_DEFAULT = 4;

  public SequenceConfig {
    SequenceKind kind = kind(family);
    family = kind.family();
    window = window(kind, Check.orElse(window, 16));
    if (hiddenSize != null) {
      Check.atMost("hiddenSize", Check.atLeast("hiddenSize", hiddenSize, 1), WIDEST_STATE);
    }
    if (codeSize != null) {
      Check.atMost("codeSize", Check.atLeast("codeSize", codeSize, 1), WIDEST_STATE);
    }
    layers = Check.atLeast("layers", Check.orElse(layers, 1), 1);
    Check.atMost("layers", layers, MOST_LAYERS);
    heads = heads(kind, heads, hiddenSize);
    masking = share("masking", Check.orElse(masking, 0.0));
    dropout = share("dropout", Check.orElse(dropout, 0.0));
    learningRate = Check.orElse(learningRate, 2e-3);
    weightDecay = Check.orElse(weightDecay, 0.0);
    NetworkTraining.check(epochs, batchSize, learningRate, weightDecay, patience);
    seed = Check.orElse(seed, 1L);
  }

  private static SequenceKind kind(String family) {
    for (SequenceKind kind : SequenceKind.values()) {
      if (kind.family().equals(family)) {
        return kind;
      }
    }
    ModelConfig.requireFamily(family, LSTM);
    return SequenceKind.LSTM;
  }

  private static Integer window(SequenceKind kind, Integer window) {
    if (window == 1) {
      throw Check.refuse(
          "window",
          "is 1, but a sequence has at least 2 rows; for single rows take an autoencoder");
    }
    if (kind == SequenceKind.TRANSFORMER) {
      Check.atMost("window", window, WIDEST_ATTENTION);
    }
    return ModelConfig.window(window);
  }

  private static double share(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw Check.refuse(key, "is " + value + ", but must be 0 or more and below 1");
    }
    return value;
  }

  private static Integer heads(SequenceKind kind, Integer given, Integer hiddenSize) {
    if (kind != SequenceKind.TRANSFORMER) {
      if (given != null) {
        throw Check.refuse(
            "heads", "is " + given + ", but only a " + TRANSFORMER + " has heads; leave it out");
      }
      return null;
    }
    if (given == null) {
      int heads = MOST_HEADS_BY_DEFAULT;
      while (hiddenSize != null && hiddenSize % heads != 0) {
        heads /= 2;
      }
      return heads;
    }
    Check.atMost("heads", Check.atLeast("heads", given, 1), WIDEST_STATE);
    if (hiddenSize != null && hiddenSize % given != 0) {
      throw Check.refuse(
          "heads", "is " + given + ", but must divide hiddenSize, which is " + hiddenSize);
    }
    return given;
  }

  /** What a window is read with. */
  public SequenceKind kind() {
    return kind(family);
  }

  /**
   * How the network is trained on so many windows. Each brings as many rows as it is long, so a
   * network needs fewer steps than one that sees single rows.
   */
  public NetworkTraining training(int windows) {
    int thirtySecond = Math.max(1, Integer.highestOneBit(windows / 32));
    int batch = Check.orElse(batchSize, Math.max(32, Math.min(128, thirtySecond)));
    int stepsAnEpoch = (windows - 1) / batch + 1;
    int passes =
        Check.orElse(epochs, Math.max(10, Math.min(100, (ENOUGH_STEPS - 1) / stepsAnEpoch + 1)));
    return new NetworkTraining(
        passes,
        batch,
        learningRate,
        weightDecay,
        Check.orElse(patience, Math.max(5, passes / 6)),
        seed);
  }

  /** The size of the state for so many columns, derived if it was not given. */
  public int hiddenSize(int columns) {
    if (hiddenSize != null) {
      return hiddenSize;
    }
    int size = Math.min(64, Math.max(16, 2 * columns));
    return heads == null ? size : (size + heads - 1) / heads * heads;
  }

  /** The size of the code for so many columns, derived if it was not given. */
  public int codeSize(int columns) {
    return codeSize != null ? codeSize : Math.max(2, (int) Math.round(columns / 4.0));
  }

  /**
   * Every setting as it was used, for the bundle's provenance.
   *
   * @param columns how many of each row the network saw
   * @param windows how many it was trained on
   */
  public Map<String, Object> describe(int columns, int windows) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("window", window);
    settings.put("hiddenSize", hiddenSize(columns));
    settings.put("codeSize", codeSize(columns));
    settings.put("layers", layers);
    if (heads != null) {
      settings.put("heads", heads);
    }
    settings.put("masking", masking);
    settings.put("dropout", dropout);
    settings.putAll(training(windows).describe());
    return settings;
  }
}
