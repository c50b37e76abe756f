package dev.weir.trainer.family;

import dev.weir.trainer.config.VaeConfig;
import dev.weir.trainer.config.VaeScore;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphOutputs;
import dev.weir.trainer.export.VaeGraph;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.NetworkState;
import dev.weir.trainer.network.TorchLayers;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.network.VaeWeights;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.ReconstructionError;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A fitted variational autoencoder. With {@code μ} and {@code σ} of a sample's posterior, and means
 * over the values that are present, as {@link ReconstructionError} has them, the score is
 *
 * <ul>
 *   <li>{@code reconstruction}: the mean of {@code (x - x̂)²}, {@code x̂} being decoded from {@code
 *       μ};
 *   <li>{@code elbo}: the mean of {@code (x - x̂)² / 2s²}, {@code s²} being the decoder's one
 *       variance, and {@code β KL / wd}: the negative evidence lower bound for each value, with the
 *       posterior's mean in the place of samples, less a constant. The divergence belongs to no
 *       feature; it is split as the error is. A sample without any value scores 0;
 *   <li>{@code reconstructionProbability}: the mean of {@code -log p(x | z)}, over samples {@code z
 *       = μ + σ ⊙ ε} too, {@code ε} being drawn once, at the export (An and Cho 2015). From each
 *       value's term is taken what it is at the lowest variance and without an error, a constant;
 *       so no contribution is negative.
 * </ul>
 */
final class VariationalAutoencoder implements FittedModel {
  private static final int SAMPLES_AT_ONCE = 1024;

  /** Less than this, in nats a sample, and a latent variable says nothing. */
  private static final double UNUSED = 0.01;

  private final VaeConfig config;
  private final Preprocessor preprocessor;
  private final VaeWeights weights;
  private final float[] noise;
  private final List<EpochReport> epochs;
  private final Optional<NetworkState> state;
  private final Map<String, Object> hyperparameters;

  VariationalAutoencoder(
      VaeConfig config,
      Preprocessor preprocessor,
      Trained<VaeWeights> trained,
      Map<String, Object> hyperparameters) {
    this.hyperparameters = new LinkedHashMap<>(hyperparameters);
    this.config = config;
    this.preprocessor = preprocessor;
    weights = trained.weights();
    epochs = trained.epochs();
    state = trained.state();
    noise = noise(config.samples() * weights.latents(), config.seed());
  }

  /** Of the Monte-Carlo samples, the same in the trainer and in the graph. */
  private static float[] noise(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }

  @Override
  public String family() {
    return config.family();
  }

  @Override
  public int window() {
    return config.window();
  }

  @Override
  public Preprocessor preprocessor() {
    return preprocessor;
  }

  @Override
  public double[] scores(Samples samples) {
    double[] scores = new double[samples.count()];
    try (TorchLayers encoder = new TorchLayers(weights.encoder());
        TorchLayers decoder = new TorchLayers(weights.decoder())) {
      for (int first = 0; first < scores.length; first += SAMPLES_AT_ONCE) {
        int end = Math.min(scores.length, first + SAMPLES_AT_ONCE);
        float[] inputs = preprocessor.apply(samples, first, end);
        float[] posterior = encoder.forward(inputs);
        double[] part =
            config.score() == VaeScore.RECONSTRUCTION_PROBABILITY
                ? surprises(decoder, posterior, inputs, end - first)
                : squaredErrors(decoder.forward(means(posterior)), inputs);
        double[] errors = ReconstructionError.mean(preprocessor, samples, first, end, part);
        for (int i = 0; i < errors.length; i++) {
          boolean any = preprocessor.present(samples, first + i, first + i + 1) > 0;
          scores[first + i] = errors[i] + (any ? divergenceShare(posterior, i) : 0);
        }
      }
    }
    return scores;
  }

  /** Of each column, weighted and floored as the score has it. */
  private double[] squaredErrors(float[] given, float[] wanted) {
    boolean elbo = config.score() == VaeScore.ELBO;
    double[] errors = new double[wanted.length];
    for (int k = 0; k < errors.length; k++) {
      double error = (double) wanted[k] - given[k];
      errors[k] =
          elbo ? error * error / (2 * weights.variance()) + VaeGraph.LEAST_ERROR : error * error;
    }
    return errors;
  }

  /** Of each column, the mean over the Monte-Carlo samples. */
  private double[] surprises(TorchLayers decoder, float[] posterior, float[] wanted, int count) {
    int latents = weights.latents();
    int width = wanted.length / count;
    double[] surprises = new double[wanted.length];
    for (int sample = 0; sample < config.samples(); sample++) {
      float[] drawn = new float[count * latents];
      for (int i = 0; i < drawn.length; i++) {
        int row = i / latents;
        int k = i % latents;
        double deviation = Math.exp(logVariance(posterior, row, k) / 2);
        drawn[i] =
            (float) (posterior[2 * latents * row + k] + deviation * noise[sample * latents + k]);
      }
      float[] decoded = decoder.forward(drawn);
      for (int i = 0; i < surprises.length; i++) {
        int at = i / width * 2 * width + i % width;
        double error = (double) wanted[i] - decoded[at];
        surprises[i] += surprise(error, decoded[at + width]) / config.samples();
      }
    }
    return surprises;
  }

  private static double surprise(double error, float doubt) {
    double bounded =
        Math.max(-VaeWeights.DOUBT_BOUND, Math.min(VaeWeights.DOUBT_BOUND, (double) doubt));
    double precision = 1 / (1 + Math.exp(bounded));
    return error * error * precision / (2 * VaeWeights.LOWEST_VARIANCE) - Math.log(precision) / 2;
  }

  private float[] means(float[] posterior) {
    int latents = weights.latents();
    float[] means = new float[posterior.length / 2];
    for (int i = 0; i < means.length; i++) {
      means[i] = posterior[i / latents * 2 * latents + i % latents];
    }
    return means;
  }

  private double logVariance(float[] posterior, int row, int latent) {
    float raw = posterior[weights.latents() * (2 * row + 1) + latent];
    return Math.max(-VaeWeights.LOG_VARIANCE_BOUND, Math.min(VaeWeights.LOG_VARIANCE_BOUND, raw));
  }

  /** What the divergence adds to a sample's score. */
  private double divergenceShare(float[] posterior, int row) {
    if (config.score() != VaeScore.ELBO) {
      return 0;
    }
    double divergence = 0;
    for (int k = 0; k < weights.latents(); k++) {
      divergence += divergence(posterior, row, k);
    }
    return divergence * config.beta() / (config.window() * preprocessor.width());
  }

  /** {@code ½ (μ² + σ² - 1 - log σ²)}. */
  private double divergence(float[] posterior, int row, int latent) {
    double mean = posterior[2 * weights.latents() * row + latent];
    double logVariance = logVariance(posterior, row, latent);
    return (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
  }

  /** How many latent variables say something of the samples. */
  int usedLatents(Samples samples) {
    float[] posteriors = Codes.of(preprocessor, weights.encoder(), samples);
    double[] divergences = new double[weights.latents()];
    for (int i = 0; i < samples.count(); i++) {
      for (int k = 0; k < divergences.length; k++) {
        divergences[k] += divergence(posteriors, i, k) / samples.count();
      }
    }
    return (int) Arrays.stream(divergences).filter(divergence -> divergence > UNUSED).count();
  }

  @Override
  public Optional<float[]> codes(Samples samples) {
    return Optional.of(means(Codes.of(preprocessor, weights.encoder(), samples)));
  }

  @Override
  public GraphOutputs append(GraphFrame frame) {
    VaeGraph graph = new VaeGraph(frame, weights);
    return switch (config.score()) {
      case RECONSTRUCTION -> graph.reconstruction();
      case ELBO -> graph.evidenceLowerBound(config.beta());
      case RECONSTRUCTION_PROBABILITY -> graph.reconstructionProbability(noise);
    };
  }

  @Override
  public Optional<Pretrained> pretrained() {
    return state.map(kept -> new Pretrained(config, preprocessor, kept));
  }

  @Override
  public Map<String, Object> hyperparameters() {
    return new LinkedHashMap<>(hyperparameters);
  }

  @Override
  public List<EpochReport> epochs() {
    return epochs;
  }
}
