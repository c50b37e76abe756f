package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of an autoencoder and how it is trained.
 *
 * @param family which kind of model; {@code autoencoder}
 * @param window how many rows of a key are looked at together, flattened; 1 for each row alone
 * @param hiddenLayers widths of the encoder's layers, the last one being the code; the decoder
 *     mirrors them. Derived from the number of features if not given
 * @param activation between layers; the code and the output are linear
 * @param epochs passes over the training rows, at most
 * @param batchSize rows a gradient step
 * @param learningRate of Adam, at the start; it falls along a cosine to zero
 * @param patience epochs without a better validation loss after which training stops
 * @param seed of initialisation and shuffling
 */
public record AutoencoderConfig(
    String family,
    Integer window,
    List<Integer> hiddenLayers,
    ActivationKind activation,
    Integer epochs,
    Integer batchSize,
    Double learningRate,
    Integer patience,
    Long seed)
    implements ModelConfig {
  /** The family's name. */
  public static final String AUTOENCODER = "autoencoder";

  private static final int WIDEST = 65_536;
  private static final int LARGEST_BATCH = 1_000_000;

  public static final AutoencoderConfig DEFAULT =
      new AutoencoderConfig(null, null, null, null, null, null, null, null, null);

  public AutoencoderConfig {
    family = ModelConfig.requireFamily(family, AUTOENCODER);
    window = ModelConfig.window(window);
    hiddenLayers = hiddenLayers == null ? null : List.copyOf(hiddenLayers);
    if (hiddenLayers != null) {
      Check.present("hiddenLayers", hiddenLayers, "for example [64, 32, 8]; or leave the key out");
      hiddenLayers.forEach(
          width -> Check.atMost("hiddenLayers", Check.atLeast("hiddenLayers", width, 1), WIDEST));
    }
    activation = Check.orElse(activation, ActivationKind.TANH);
    epochs = Check.atLeast("epochs", Check.orElse(epochs, 40), 1);
    batchSize = Check.atLeast("batchSize", Check.orElse(batchSize, 256), 1);
    Check.atMost("batchSize", batchSize, LARGEST_BATCH);
    learningRate = Check.above("learningRate", Check.orElse(learningRate, 2e-3), 0);
    patience = Check.atLeast("patience", Check.orElse(patience, 10), 1);
    seed = Check.orElse(seed, 1L);
  }

  /** How the network is trained. */
  public NetworkTraining training() {
    return new NetworkTraining(epochs, batchSize, learningRate, 0, patience, seed);
  }

  /** The encoder's layers for so many inputs, derived if they were not given. */
  public List<Integer> hiddenLayers(int inputs) {
    if (hiddenLayers != null) {
      return hiddenLayers;
    }
    int code = Math.max(1, (int) Math.round(inputs / 4.0));
    return List.of(Math.max(16, 2 * inputs), Math.max(8, inputs), code);
  }

  /** Every setting as it was used, for the bundle's provenance. */
  public Map<String, Object> describe(int inputs) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("window", window);
    settings.put("hiddenLayers", hiddenLayers(inputs));
    settings.put("activation", activation.name());
    settings.put("epochs", epochs);
    settings.put("batchSize", batchSize);
    settings.put("learningRate", learningRate);
    settings.put("patience", patience);
    return settings;
  }
}
