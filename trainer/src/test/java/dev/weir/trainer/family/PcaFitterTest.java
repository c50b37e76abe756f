package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Numbers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PcaFitterTest {
  private static final TimeSplit SPLIT =
      TimeSplit.of(new Manifold(42).history(3000), 1, SplitConfig.DEFAULT);

  @TempDir private Path folder;

  @Test
  void shouldScoreWhatIsWorkedOutByHand() {
    // Given rows (1, 1), (-1, -1), (2, 0), (-2, 0) about (10, 0), as PrincipalComponentsTest has it
    Samples rows = Samples.of(Rows.of(new float[] {11, 1, 9, -1, 12, 0, 8, 0}, 2));
    TimeSplit split = new TimeSplit(rows, rows, rows);
    FittedModel model =
        new PcaFitter(Fits.config("family=pca", "components=1"), TrainingProgress.SILENT)
            .fit(Numbers.identity(2), split);

    // When
    Samples probes = Samples.of(Rows.of(new float[] {10, 0, 10, 3, 15, 0, Float.NaN, 3}, 2));
    double[] scores = model.scores(probes);

    // Then what is lost of (a, b) is its part along (-s, 1), s = √5 - 2, and half of its square is
    // the score; of a row with a missing value, filled in by 0, what its one value lost
    double s = Math.sqrt(5) - 2;
    double lost = 1 + s * s;
    double fromZero = (3 + 10 * s) / lost;
    assertThat(scores)
        .containsExactly(
            new double[] {0, 9 / lost / 2, 25 * s * s / lost / 2, fromZero * fromZero},
            within(1e-4));
    assertThat(model.codes(Samples.of(Rows.of(new float[] {11, (float) s}, 2))).orElseThrow())
        .containsExactly(new float[] {(float) Math.sqrt(lost)}, within(1e-5f));
  }

  @Test
  void shouldBeReachedByLinearAutoencoder() {
    // Given
    FittedModel exact = Fits.fit(SPLIT, "family=pca", "components=2");

    // When
    FittedModel trained =
        Fits.fit(
            SPLIT,
            "activation=linear",
            "residuals=squared",
            "hiddenLayers=[2]",
            "epochs=60",
            "learningRate=1e-2",
            "batchSize=64");

    // Then on the rows of which components are the best that there is
    double best = Arrays.stream(exact.scores(SPLIT.training())).average().orElseThrow();
    double reached = Arrays.stream(trained.scores(SPLIT.training())).average().orElseThrow();
    assertThat(reached).isBetween(best * (1 - 1e-6), best * 1.05);
  }

  @Test
  void shouldScoreRowsOffManifoldHigher() {
    // Given
    FittedModel model = Fits.fit(SPLIT, "family=pca", "components=3");

    // When
    double[] on = Fits.sorted(model.scores(Samples.of(new Manifold(1).rows(2000))));
    double[] off = Fits.sorted(model.scores(Samples.of(new Manifold(2).rowsOffManifold(2000))));

    // Then
    assertThat(off[off.length / 2]).isGreaterThan(10 * on[on.length * 99 / 100]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldExportWhatItComputes(int window) throws Exception {
    // Given
    TimeSplit difficult = Fits.difficult(window);
    TimeSplit mixed = Fits.mixed(window);

    // When
    FittedModel ofNumbers = Fits.fit(difficult, "family=pca", "window=" + window);
    FittedModel ofMixed = Fits.fitMixed(mixed, "family=pca", "window=" + window);

    // Then
    Fits.assertExport(ofNumbers, difficult.training(), folder);
    Fits.assertExport(ofMixed, mixed.training(), folder);
    assertThat(ofMixed.epochs()).isEmpty();
    assertThat(ofMixed.family()).isEqualTo("pca");
    assertThat(ofMixed.window()).isEqualTo(window);
    assertThat(ofMixed.export().bytes())
        .isEqualTo(Fits.fitMixed(mixed, "family=pca", "window=" + window).export().bytes());
  }

  @Test
  void shouldTakeFewestComponentsThatExplainEnough() {
    // When
    FittedModel model = Fits.fit(SPLIT, "family=pca");
    int components = (int) model.hyperparameters().get("components");
    FittedModel fewer = Fits.fit(SPLIT, "family=pca", "components=" + (components - 1));

    // Then
    assertThat((double) model.hyperparameters().get("explainedVariance")).isBetween(0.9, 1.0);
    assertThat((double) fewer.hyperparameters().get("explainedVariance")).isLessThan(0.9);
    assertThat(model.codes(SPLIT.validation()).orElseThrow())
        .hasSize(SPLIT.validation().count() * components);
  }

  @Test
  void shouldLeaveDirectionForError() {
    // Given
    RecordedProgress progress = new RecordedProgress();

    // When
    FittedModel model =
        ModelFitter.of(Fits.config("family=pca", "components=8"), progress)
            .fit(Fits.preprocessor(SPLIT), SPLIT);

    // Then
    assertThat(model.hyperparameters()).containsEntry("components", 7);
    assertThat(progress.warnings())
        .singleElement()
        .asString()
        .contains("model.components is 8", "the model has 7 components");
  }

  @Test
  void shouldRefuseColumnsThatVaryTogether() {
    // Given two columns, one a copy of the other
    Random random = new Random(8);
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i += 2) {
      values[i] = (float) random.nextGaussian();
      values[i + 1] = values[i];
    }
    TimeSplit copies = TimeSplit.of(Manifold.history(Rows.of(values, 2)), 1, SplitConfig.DEFAULT);

    // When / Then
    assertThatThrownBy(() -> Fits.fit(copies, "family=pca"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two columns or more that vary independently", "window");
  }

  @Test
  void shouldRefuseWindowThatIsTooWide() {
    // Given windows of 600 rows of 8 features
    TimeSplit wide = TimeSplit.of(new Manifold(3).history(900), 600, SplitConfig.DEFAULT);

    // When / Then
    assertThatThrownBy(() -> Fits.fit(wide, "family=pca", "window=600"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4800 columns")
        .hasMessageContaining("smaller model.window");
  }
}
