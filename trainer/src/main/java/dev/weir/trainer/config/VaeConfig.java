package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A variational autoencoder (Kingma and Welling 2014) and how it is trained.
 *
 * @param family which kind of model; {@code vae}
 * @param window how many rows of a key are looked at together, flattened; 1 for each row alone
 * @param hiddenLayers widths of the encoder's layers, the last one being the number of latent
 *     variables; the decoder mirrors them. Derived from the number of columns if not given
 * @param activation between layers
 * @param beta the weight of the divergence from the prior (Higgins et al. 2017)
 * @param warmUp over so many epochs that weight rises from 0, so that the latent variables come
 *     into use before they cost (Bowman et al. 2016)
 * @param score what says how anomalous a sample is
 * @param samples of the posterior, for {@code reconstructionProbability}
 * @param weightDecay what is added to a weight's gradient, for each unit of the weight
 * @param epochs passes over the training rows, at most; derived from their number if not given
 * @param batchSize rows a gradient step; derived likewise
 * @param learningRate of Adam, at the start; it falls along a cosine to zero
 * @param patience epochs without a better validation loss after which training stops; derived
 *     likewise
 * @param seed of initialisation, shuffling and the noise on the latent variables
 */
public record VaeConfig(
    String family,
    Integer window,
    List<Integer> hiddenLayers,
    ActivationKind activation,
    Double beta,
    Integer warmUp,
    VaeScore score,
    Integer samples,
    Double weightDecay,
    Integer epochs,
    Integer batchSize,
    Double learningRate,
    Integer patience,
    Long seed)
    implements ModelConfig {
  /** The family's name. */
  public static final String VAE = "vae";

  /** A VAE with default settings. */
  public static final VaeConfig DEFAULT =
      new VaeConfig(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Its noise makes it learn more slowly than an autoencoder does (ADR 11). */
  private static final int TIMES_AS_LONG = 2;

  private static final int SAMPLES = 10;
  private static final int MOST_SAMPLES = 256;

  public VaeConfig {
    family = ModelConfig.requireFamily(family, VAE);
    window = ModelConfig.window(window);
    hiddenLayers = LayerWidths.check(hiddenLayers);
    activation = Check.orElse(activation, ActivationKind.TANH);
    beta = Check.above("beta", Check.orElse(beta, 1.0), 0);
    warmUp = Check.atLeast("warmUp", Check.orElse(warmUp, 5), 0);
    score = Check.orElse(score, VaeScore.RECONSTRUCTION);
    // Configs that were written out have the default, whatever the score.
    boolean given = samples != null && samples != SAMPLES;
    if (given && score != VaeScore.RECONSTRUCTION_PROBABILITY) {
      throw Check.refuse(
          "samples",
          "belongs to score: reconstructionProbability; set that, or leave this key out");
    }
    samples =
        Check.atMost(
            "samples", Check.atLeast("samples", Check.orElse(samples, SAMPLES), 1), MOST_SAMPLES);
    learningRate = Check.orElse(learningRate, 2e-3);
    weightDecay = Check.orElse(weightDecay, 0.0);
    seed = Check.orElse(seed, 1L);
    NetworkTraining.check(epochs, batchSize, learningRate, weightDecay, patience);
  }

  /** How the network is trained on so many rows. */
  public NetworkTraining training(int rows) {
    NetworkTraining usual =
        NetworkTraining.of(epochs, batchSize, learningRate, weightDecay, patience, seed, rows);
    return epochs == null ? usual.longer(TIMES_AS_LONG, patience == null) : usual;
  }

  /** Whether the decoder gives a variance for each value, and not one for all. */
  public boolean decodesVariance() {
    return score == VaeScore.RECONSTRUCTION_PROBABILITY;
  }

  /** The encoder's layers for so many inputs, derived if they were not given. */
  public List<Integer> hiddenLayers(int inputs) {
    return hiddenLayers == null ? LayerWidths.derive(inputs, false) : hiddenLayers;
  }

  /**
   * Every setting as it was used, for the bundle's provenance.
   *
   * @param inputs how many columns the network saw
   * @param rows how many rows it was trained on
   */
  public Map<String, Object> describe(int inputs, int rows) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("window", window);
    settings.put("hiddenLayers", hiddenLayers(inputs));
    settings.put("activation", activation.name());
    settings.put("beta", beta);
    settings.put("warmUp", warmUp);
    settings.put("score", score.name());
    if (decodesVariance()) {
      settings.put("samples", samples);
    }
    settings.putAll(training(rows).describe());
    return settings;
  }
}
