package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network of an autoencoder and how it is trained.
 *
 * @param family which kind of model; {@code autoencoder}
 * @param window how many rows of a key are looked at together, flattened; 1 for each row alone
 * @param hiddenLayers widths of the encoder's layers, the last one being the code; the decoder
 *     mirrors them. Derived from the number of columns if not given
 * @param overcomplete whether the derived code is wider than the input
 * @param activation between layers; the output is linear, and so is the code, unless the
 *     regularisation says otherwise
 * @param regularization what keeps the network from learning to copy
 * @param sparsity of a sparse network: the penalty's weight
 * @param sparsityTarget of a sparse network: the mean activation that each unit of the code should
 *     have
 * @param noise of a denoising network: the standard deviation of the noise
 * @param masking of a denoising network: the probability with which a column is masked
 * @param contraction of a contractive network: the penalty's weight
 * @param residuals how what the network does not give back becomes a score
 * @param dropout the share of a hidden layer's units that are dropped in a step
 * @param weightDecay what is added to a weight's gradient, for each unit of the weight
 * @param epochs passes over the training rows, at most; derived from their number if not given
 * @param batchSize rows a gradient step; derived likewise
 * @param learningRate of Adam, at the start; it falls along a cosine to zero
 * @param patience epochs without a better validation loss after which training stops; derived
 *     likewise
 * @param seed of initialisation, shuffling and noise
 */
public record AutoencoderConfig(
    String family,
    Integer window,
    List<Integer> hiddenLayers,
    Boolean overcomplete,
    ActivationKind activation,
    RegularizationKind regularization,
    Double sparsity,
    Double sparsityTarget,
    Double noise,
    Double masking,
    Double contraction,
    ResidualKind residuals,
    Double dropout,
    Double weightDecay,
    Integer epochs,
    Integer batchSize,
    Double learningRate,
    Integer patience,
    Long seed)
    implements ModelConfig {
  /** The family's name. */
  public static final String AUTOENCODER = "autoencoder";

  public static final AutoencoderConfig DEFAULT =
      new AutoencoderConfig(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null);

  public AutoencoderConfig {
    family = ModelConfig.requireFamily(family, AUTOENCODER);
    window = ModelConfig.window(window);
    hiddenLayers = LayerWidths.check(hiddenLayers);
    overcomplete = Check.orElse(overcomplete, false);
    activation = Check.orElse(activation, ActivationKind.TANH);
    regularization = Check.orElse(regularization, RegularizationKind.NONE);
    Regularization.of(regularization, sparsity, sparsityTarget, noise, masking, contraction);
    residuals = Check.orElse(residuals, ResidualKind.SCALED);
    dropout = LayerWidths.checkDropout(dropout);
    if (overcomplete && hiddenLayers != null) {
      throw Check.refuse(
          "overcomplete", "and 'hiddenLayers' both say how wide the code is; give one");
    }
    if (overcomplete && regularization == RegularizationKind.NONE) {
      throw Check.refuse(
          "overcomplete",
          "is true, so the network could copy what it sees; set regularization to sparse,"
              + " denoising or contractive");
    }
    if (dropout > 0 && regularization == RegularizationKind.CONTRACTIVE) {
      throw Check.refuse(
          "dropout",
          "and 'regularization: contractive' do not go together: the encoder's derivative is taken"
              + " of the same units twice; leave it out");
    }
    learningRate = Check.orElse(learningRate, 2e-3);
    weightDecay = Check.orElse(weightDecay, 0.0);
    seed = Check.orElse(seed, 1L);
    NetworkTraining.check(epochs, batchSize, learningRate, weightDecay, patience);
  }

  /** How the network is trained on so many rows. */
  public NetworkTraining training(int rows) {
    return NetworkTraining.of(epochs, batchSize, learningRate, weightDecay, patience, seed, rows);
  }

  /** What keeps the network from learning to copy, with its settings. */
  public Regularization regularizer() {
    return Regularization.of(regularization, sparsity, sparsityTarget, noise, masking, contraction);
  }

  /**
   * The code's activation, empty if it is linear: a mean activation needs units between 0 and 1,
   * and the Jacobian of a linear code would be its weights and nothing else.
   */
  public Optional<ActivationKind> codeActivation() {
    Regularization regularizer = regularizer();
    if (regularizer instanceof Regularization.Sparse sparse && sparse.target().isPresent()) {
      return Optional.of(ActivationKind.SIGMOID);
    }
    return regularizer instanceof Regularization.Contractive
        ? Optional.of(activation)
        : Optional.empty();
  }

  /** The encoder's layers for so many inputs, derived if they were not given. */
  public List<Integer> hiddenLayers(int inputs) {
    return hiddenLayers == null ? LayerWidths.derive(inputs, overcomplete) : hiddenLayers;
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
    settings.putAll(regularizer().describe());
    settings.put("residuals", residuals.name());
    settings.put("dropout", dropout);
    settings.putAll(training(rows).describe());
    return settings;
  }
}
