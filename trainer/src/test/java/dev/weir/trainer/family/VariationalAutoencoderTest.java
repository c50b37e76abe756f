package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.ActivationKind;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.config.VaeConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.network.DenseLayer;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.Trained;
import dev.weir.trainer.network.VaeWeights;
import dev.weir.trainer.preprocessing.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VariationalAutoencoderTest {
  private static final TimeSplit SPLIT =
      TimeSplit.of(new Manifold(42).history(2000), 1, SplitConfig.DEFAULT);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reconstruction", "elbo", "reconstructionProbability"})
  void shouldLearnManifoldAndExportIt(String score) throws Exception {
    // When
    FittedModel model = fit(SPLIT, score, "learningRate=5e-3", "batchSize=64", "epochs=40");
    double[] on = Fits.sorted(model.scores(Samples.of(new Manifold(1).rows(1000))));
    double[] off = Fits.sorted(model.scores(Samples.of(new Manifold(2).rowsOffManifold(1000))));

    // Then
    assertThat(off[500]).isGreaterThan(3 * on[950]);
    Fits.assertExport(model, SPLIT.validation(), folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reconstruction", "elbo", "reconstructionProbability"})
  void shouldTrainSameModelFromSameSeed(String score) throws Exception {
    // Given missing values, extreme ones, a constant column, features of all types, and windows
    TimeSplit numbers = Fits.difficult(3);
    TimeSplit mixed = Fits.mixed(3);

    // When
    FittedModel model = fit(numbers, score, "window=3", "epochs=2", "seed=7");
    FittedModel ofMixed =
        Fits.fitMixed(mixed, "family=vae", "score=" + score, "window=3", "epochs=2");

    // Then
    assertThat(fit(numbers, score, "window=3", "epochs=2", "seed=7").export().bytes())
        .isEqualTo(model.export().bytes());
    assertThat(fit(numbers, score, "window=3", "epochs=2", "seed=8").export().bytes())
        .isNotEqualTo(model.export().bytes());
    Fits.assertExport(model, numbers.training(), folder);
    Fits.assertExport(ofMixed, mixed.training(), folder);
    assertThat(model.family()).isEqualTo("vae");
    assertThat(model.hyperparameters()).containsEntry("beta", 1.0).doesNotContainValue(null);
  }

  /** μ = x₁ and σ² = e^x₂; decodes (z, z), doubting the second by 0.5. */
  private static VariationalAutoencoder byHand(String score) {
    boolean doubts = score.equals("reconstructionProbability");
    DenseLayer encoder = linear(new float[] {1, 0, 0, 1}, 0, 0);
    DenseLayer decoder =
        doubts ? linear(new float[] {1, 1, 0, 0}, 0, 0, 0, 0.5f) : linear(new float[] {1, 1}, 0, 0);
    VaeWeights weights =
        new VaeWeights(List.of(encoder), List.of(decoder), doubts, doubts ? 1 : 0.5);
    VaeConfig config =
        doubts
            ? Fits.config("family=vae", "score=" + score, "samples=2", "seed=5")
            : Fits.config("family=vae", "score=" + score, "beta=2");
    return new VariationalAutoencoder(
        config, Numbers.identity(2), new Trained<>(weights, 0, List.of()), Map.of());
  }

  private static DenseLayer linear(float[] weights, float... bias) {
    return new DenseLayer(weights, bias, Optional.<ActivationKind>empty());
  }

  @Test
  void shouldScoreErrorOfMean() throws Exception {
    // Given (3, 1), given back as (3, 3): errors 0 and 4
    assertBoth(byHand("reconstruction"), new float[] {3, 1}, 2, 0, 2);
  }

  @Test
  void shouldScoreEvidenceLowerBound() throws Exception {
    // Given (3, 1): μ = 3, log σ² = 1. Errors 0 and 4, by a variance of 1/2: a mean of 2.
    // KL = ½ (9 + e - 1 - 1) = 4.859141, times β = 2, over two values. All of it goes where all of
    // the error is
    double score = 2 + 4.859141;
    assertBoth(byHand("elbo"), new float[] {3, 1}, score, 0, score);

    // Given (3, missing), filled in by 0: no error, KL = ½ (9 + 1 - 1 - 0), as much a value
    assertBoth(byHand("elbo"), new float[] {3, Float.NaN}, 4.5, 4.5, 0);
  }

  @Test
  void shouldScoreReconstructionProbability() throws Exception {
    // Given (3, 1): μ = 3, σ = e^½; z by the noise of the seed
    SplittableRandom random = new SplittableRandom(5);
    double first = 0;
    double second = 0;
    for (int sample = 0; sample < 2; sample++) {
      double z = 3 + Math.exp(0.5) * random.nextGaussian();
      // The variances: 0.01 / sigmoid(0) and 0.01 / sigmoid(-0.5)
      first += excess(3 - z, 0.02) / 2;
      second += excess(1 - z, 0.01 * (1 + Math.exp(0.5))) / 2;
    }

    // When / Then
    assertBoth(
        byHand("reconstructionProbability"),
        new float[] {3, 1},
        (first + second) / 2,
        first / 2,
        second / 2);
  }

  /** The negative log-density of an error, less that of none at a variance of 0.01. */
  private static double excess(double error, double variance) {
    double density = Math.log(2 * Math.PI * variance) / 2 + error * error / (2 * variance);
    return density - Math.log(2 * Math.PI * 0.01) / 2;
  }

  /** The trainer and the graph. */
  private void assertBoth(FittedModel model, float[] row, double score, double... contributions)
      throws Exception {
    Rows rows = Rows.of(row, row.length);
    double near = 1e-4 * (1 + score);
    assertThat(model.scores(Samples.of(rows))[0]).isCloseTo(score, within(near));
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      GraphRun.Output output = graph.run(rows);
      assertThat((double) output.score()[0]).isCloseTo(score, within(near));
      for (int j = 0; j < contributions.length; j++) {
        assertThat((double) output.contributions()[j]).isCloseTo(contributions[j], within(near));
      }
    }
  }

  @Test
  void shouldPlaceSamplesByPosteriorsMean() {
    // When / Then
    assertThat(byHand("elbo").codes(Samples.of(Rows.of(new float[] {3, 1, -7, 2}, 2))))
        .hasValueSatisfying(codes -> assertThat(codes).containsExactly(3, -7));
  }

  @Test
  void shouldSayThatPosteriorCollapsed() {
    // Given
    RecordedProgress progress = new RecordedProgress();

    // When
    ModelFitter.of(
            Fits.config("family=vae", "beta=1000", "warmUp=0", "learningRate=1e-2", "batchSize=32"),
            progress)
        .fit(Fits.preprocessor(SPLIT), SPLIT);

    // Then
    assertThat(progress.warnings())
        .singleElement()
        .asString()
        .contains("the posterior collapsed", "smaller model.beta than 1000.0");
  }

  private static FittedModel fit(TimeSplit split, String score, String... settings) {
    String[] all = new String[settings.length + 2];
    all[0] = "family=vae";
    all[1] = "score=" + score;
    System.arraycopy(settings, 0, all, 2, settings.length);
    return Fits.fit(split, all);
  }
}
