package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegularizedAutoencoderTest {
  private static final TimeSplit SPLIT =
      TimeSplit.of(new Manifold(42).history(2000), 1, SplitConfig.DEFAULT);
  private static final String LEARN = " learningRate=5e-3 batchSize=64 epochs=30";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regularization=sparse overcomplete=true sparsity=1e-2",
        "regularization=sparse sparsityTarget=0.1 hiddenLayers=[16,4]",
        "regularization=denoising overcomplete=true noise=0.3",
        "regularization=denoising masking=0.2 hiddenLayers=[16,4]",
        "regularization=contractive hiddenLayers=[16,3] contraction=1e-4",
        "regularization=contractive hiddenLayers=[3] contraction=1e-4",
        "dropout=0.05 weightDecay=1e-5 hiddenLayers=[32,3]",
      })
  void shouldLearnManifoldAndExportIt(String settings) throws Exception {
    // When
    FittedModel model = fit(SPLIT, settings + LEARN);
    double[] on = Fits.sorted(model.scores(Samples.of(new Manifold(1).rows(1000))));
    double[] off = Fits.sorted(model.scores(Samples.of(new Manifold(2).rowsOffManifold(1000))));

    // Then
    assertThat(off[500]).isGreaterThan(3 * on[950]);
    Fits.assertExport(model, SPLIT.validation(), folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "regularization=sparse sparsityTarget=0.1 activation=gelu",
        "regularization=denoising overcomplete=true activation=relu",
        "regularization=denoising masking=0.2",
        "regularization=contractive activation=sigmoid",
        "dropout=0.2",
      })
  void shouldTrainSameModelFromSameSeed(String settings) throws Exception {
    // Given missing values, extreme ones, a constant column, features of all types, and windows
    TimeSplit numbers = Fits.difficult(3);
    TimeSplit mixed = Fits.mixed(3);
    String all = settings + " window=3 epochs=2 seed=";

    // When
    FittedModel model = fit(numbers, all + 7);
    FittedModel ofMixed = Fits.fitMixed(mixed, (all + 7).split(" "));

    // Then
    assertThat(fit(numbers, all + 7).export().bytes()).isEqualTo(model.export().bytes());
    assertThat(fit(numbers, all + 8).export().bytes()).isNotEqualTo(model.export().bytes());
    Fits.assertExport(model, numbers.training(), folder);
    Fits.assertExport(ofMixed, mixed.training(), folder);
  }

  @Test
  void shouldMakeCodeSmallByActivity() {
    // When / Then
    String layers = " hiddenLayers=[16,6]" + LEARN;
    assertThat(meanActivity(fit(SPLIT, "regularization=sparse sparsity=0.1" + layers)))
        .isLessThan(0.5 * meanActivity(fit(SPLIT, "regularization=none" + layers)));
  }

  @Test
  void shouldBringMeanActivationToTarget() {
    // When
    FittedModel model =
        fit(
            SPLIT,
            "regularization=sparse sparsity=1 sparsityTarget=0.1 hiddenLayers=[16,6]" + LEARN);

    // Then
    assertThat(meanActivity(model)).isBetween(0.08, 0.13);
    for (float unit : model.codes(SPLIT.validation()).orElseThrow()) {
      assertThat(unit).isBetween(0f, 1f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[4]", "[16,4]"})
  void shouldMoveCodeLessWhenContracted(String layers) {
    // Given one layer, whose Jacobian is known, and two, whose is estimated
    String settings = "regularization=contractive hiddenLayers=" + layers + LEARN;

    // When
    double free = slope(fit(SPLIT, settings + " contraction=1e-9"));
    double contracted = slope(fit(SPLIT, settings + " contraction=3"));

    // Then
    assertThat(contracted).isLessThan(0.5 * free);
  }

  @Test
  void shouldValidateOnCleanRows() {
    // When rows are corrupted beyond recognition
    FittedModel model =
        fit(
            SPLIT,
            "regularization=denoising noise=3 hiddenLayers=[16,2] epochs=1 learningRate=1e-9"
                + " residuals=squared");

    // Then the validation loss is what the clean rows score
    double mean = 0;
    double[] scores = model.scores(SPLIT.validation());
    for (double score : scores) {
      mean += score / scores.length;
    }
    assertThat(model.epochs().get(0).validationLoss()).isCloseTo(mean, within(1e-4 * mean));
  }

  private static double meanActivity(FittedModel model) {
    float[] codes = model.codes(SPLIT.validation()).orElseThrow();
    double sum = 0;
    for (float unit : codes) {
      sum += Math.abs(unit) / codes.length;
    }
    return sum;
  }

  /** How far the code moves between neighbours, on average. */
  private static double slope(FittedModel model) {
    float[] codes = model.codes(SPLIT.validation()).orElseThrow();
    int width = codes.length / SPLIT.validation().count();
    double squares = 0;
    for (int i = width; i < codes.length; i++) {
      double step = codes[i] - codes[i - width];
      squares += step * step;
    }
    return Math.sqrt(squares);
  }

  private static FittedModel fit(TimeSplit split, String settings) {
    return Fits.fit(split, settings.split(" "));
  }
}
