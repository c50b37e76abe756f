package dev.weir.trainer.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.SourceModel;
import dev.weir.model.config.ConfigException;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.evaluation.RankingMetrics;
import dev.weir.trainer.family.Pretrained;
import dev.weir.trainer.network.RecordedProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that go on from others, on history of another kind. */
final class FineTuneTest {
  private static final String QUICK = "model.learningRate=5e-3";

  @TempDir private Path folder;

  /** The same factors, of which two features have another share. */
  private static Rows shifted(long seed, int count) {
    return shift(new Manifold(seed).rows(count));
  }

  private static Rows shift(Rows rows) {
    float[] values = rows.copy();
    for (int i = 0; i < values.length; i += Manifold.WIDTH) {
      values[i + 2] += 0.01f * values[i];
      values[i + 6] -= 10 * (values[i + 1] - 50);
    }
    return Rows.of(values, Manifold.WIDTH);
  }

  @ParameterizedTest
  @CsvSource({
    "autoencoder, 1, model.epochs=25",
    "vae, 1, model.epochs=25",
    "gru-autoencoder, 2, model.epochs=6",
    "transformer-autoencoder, 2, model.epochs=6",
    "som, 1, model.epochs=10"
  })
  void shouldKnowNewHistoryBetterThanItsParent(String family, int window, String epochs)
      throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent =
        runs.train(
            "parent",
            runs.write("old.csv", new Manifold(1).rows(1000)),
            "model.family=" + family,
            "model.window=" + window,
            epochs,
            family.equals("som") ? "model.cells=200" : QUICK,
            family.equals("som") ? "model.patience=5" : "model.batchSize=32");

    // When
    Path history = runs.write("new.csv", shifted(2, 600));
    Bundle tuned =
        runs.train(
            "tuned", history, "fineTune.from=" + parent.folder(), "fineTune.learningRate=0.003");

    // Then rows of the new kind are given back better, and those off it stand out more
    Rows usual = shifted(3, 500);
    Rows odd = shift(new Manifold(4).rowsOffManifold(500));
    assertThat(TransferRuns.mean(TransferRuns.scores(tuned, usual)))
        .isLessThan(0.8 * TransferRuns.mean(TransferRuns.scores(parent, usual)));
    assertThat(precision(tuned, usual, odd)).isGreaterThan(precision(parent, usual, odd));
    assertThat(tuned.manifest().family()).isEqualTo(family);
    assertThat(tuned.manifest().window()).isEqualTo(window);
    assertThat(tuned.manifest().features()).isEqualTo(parent.manifest().features());
    assertThat(tuned.manifest().calibration()).isNotEqualTo(parent.manifest().calibration());
    assertThat(tuned.manifest().provenance().parent())
        .isEqualTo(SourceModel.of(parent.manifest()))
        .extracting(SourceModel::name)
        .isEqualTo("parent");
    assertThat(Bundle.open(tuned.folder()).manifest()).isEqualTo(tuned.manifest());
    assertThat(parent.manifest().provenance().parent()).isNull();
    assertThat(Files.readString(tuned.reportFile())).contains("Fine-tuned from");

    // And can be gone on from again
    Bundle again =
        runs.train("again", history, "fineTune.from=" + tuned.folder(), "fineTune.epochs=1");
    assertThat(again.manifest().provenance().parent().name()).isEqualTo("tuned");
  }

  private static double precision(Bundle bundle, Rows usual, Rows odd) throws IOException {
    double[] low = TransferRuns.scores(bundle, usual);
    double[] high = TransferRuns.scores(bundle, odd);
    double[] all = Arrays.copyOf(low, low.length + high.length);
    System.arraycopy(high, 0, all, low.length, high.length);
    boolean[] labels = new boolean[all.length];
    Arrays.fill(labels, low.length, all.length, true);
    return RankingMetrics.of(all, labels).averagePrecision();
  }

  @ParameterizedTest
  @CsvSource({
    "autoencoder, 1, 6",
    "vae, 1, 6",
    "lstm-autoencoder, 3, 6",
    "transformer-autoencoder, 3, 22"
  })
  void shouldLeaveFrozenEncoderBitForBit(String family, int window, int ofEncoder)
      throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent =
        runs.train(
            "parent",
            runs.write("old.csv", new Manifold(1).rows(600)),
            "model.family=" + family,
            "model.window=" + window,
            "model.weightDecay=0.01",
            "model.epochs=3");
    Path history = runs.write("new.csv", shifted(2, 600));

    // When
    Bundle frozen =
        runs.train(
            "frozen",
            history,
            "fineTune.from=" + parent.folder(),
            "fineTune.freeze=encoder",
            "fineTune.learningRate=0.005");
    Bundle free =
        runs.train("free", history, "fineTune.from=" + parent.folder(), "fineTune.epochs=3");

    // Then
    List<float[]> before = weights(parent);
    List<float[]> after = weights(frozen);
    assertThat(after).hasSameSizeAs(before).hasSizeGreaterThan(ofEncoder);
    for (int i = 0; i < before.size(); i++) {
      if (i < ofEncoder) {
        assertThat(after.get(i)).as("parameter " + i).isEqualTo(before.get(i));
      } else {
        assertThat(after.get(i)).as("parameter " + i).isNotEqualTo(before.get(i));
      }
    }
    assertThat(weights(free).get(0)).isNotEqualTo(before.get(0));
    assertThat(frozen.manifest().provenance().hyperparameters()).containsEntry("freeze", "ENCODER");
    assertThat(frozen.manifest().provenance().hyperparameters())
        .containsEntry("learningRate", 0.005);
  }

  private static List<float[]> weights(Bundle bundle) throws IOException {
    return read(bundle).state().weights();
  }

  private static Pretrained read(Bundle bundle) throws IOException {
    return WeightsFile.read(
        Files.readAllBytes(bundle.weightsFile()),
        bundle.manifest().modelSha256(),
        bundle.manifest().features());
  }

  @Test
  void shouldStayAsItsParentWhereNothingIsBetter() throws IOException {
    // Given steps so wild that no epoch is better than none
    TransferRuns runs = new TransferRuns(folder);
    Path csv = runs.write("old.csv", new Manifold(1).rows(1000));
    Bundle parent = runs.train("parent", csv, QUICK, "model.epochs=15");

    // When
    Bundle tuned =
        runs.train(
            "tuned",
            csv,
            "fineTune.from=" + parent.folder(),
            "fineTune.learningRate=0.5",
            "fineTune.epochs=3");

    // Then
    assertThat(tuned.manifest().modelSha256()).isEqualTo(parent.manifest().modelSha256());
    assertThat(Files.readString(tuned.reportFile())).contains("no epoch was better");
  }

  @Test
  void shouldTakeOverFeaturesOfAllTypes() throws IOException {
    // Given
    Path csv = folder.resolve("mixed.csv");
    StringBuilder text = new StringBuilder("at,city,on,bytes\n");
    for (int i = 0; i < 600; i++) {
      text.append("2026-10-01T").append(String.format("%02d:00:00Z,", i % 24));
      text.append("city").append(i * 7 % 11 % 6).append(i % 3 == 0 ? ",true," : ",false,");
      text.append(i % 50 == 0 ? "" : String.valueOf(Math.pow(1.1, i % 24))).append('\n');
    }
    Files.writeString(csv, text);
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent =
        runs.train(
            "parent",
            csv,
            "features.types=[numeric, boolean, categorical, timestamp]",
            "features.columns=[{match: city, embedding: 2}, {match: bytes, transforms: [log1p,"
                + " difference]}]",
            "features.missingIndicators=true",
            "features.scaling=robust",
            "model.epochs=3");

    // When a history in which the cities' frequencies are others, with a new one
    Files.writeString(csv, text.toString().replace("city1", "city9").replace("city4", "city2"));
    Bundle tuned = runs.train("tuned", csv, "fineTune.from=" + parent.folder());

    // Then
    assertThat(tuned.manifest().features()).isEqualTo(parent.manifest().features());
    Pretrained before = read(parent);
    Pretrained after = read(tuned);
    assertThat(after.preprocessor().columns()).isEqualTo(before.preprocessor().columns());
    assertThat(after.preprocessor().embeddings())
        .hasSize(1)
        .isEqualTo(before.preprocessor().embeddings());
    assertThat(after.config()).isEqualTo(before.config());
  }

  @Test
  void shouldRefuseHistoryThatLacksColumnsAndNameThem() throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent = quickParent(runs, "model.epochs=1");
    Path csv = runs.write("few.csv", List.of("a", "x", "c", "y"), new Manifold(2).rows(400));

    // When / Then
    assertThatThrownBy(() -> runs.train("tuned", csv, "fineTune.from=" + parent.folder()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "lacks 6 columns that the model to begin with was trained on: b, d, e, f, g, h; its"
                + " columns are: a, x, c, y");
  }

  private Bundle quickParent(TransferRuns runs, String... settings) throws IOException {
    return runs.train("parent", runs.write("old.csv", new Manifold(1).rows(400)), settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.family=pca | fineTune.epochs=1 | family pca has no network to go on with
          model.family=ensemble; model.members=[{family: pca}, {family: som, epochs: 1}] | fineTune.epochs=1 | family ensemble has no network to go on with
          model.family=som; model.epochs=1 | fineTune.freeze=encoder | a self-organising map has none
          model.epochs=1 | model.family=vae | but the bundle
          model.epochs=1 | model.hiddenLayers=[9, 3] | model.hiddenLayers ([9, 3], there null)
          model.activation=relu; model.epochs=1 | model.epochs=2 | model.activation (TANH, there RELU)
          """)
  void shouldRefuseWhatCannotBeGoneOnWith(String before, String after, String message)
      throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent = quickParent(runs, before.split("; "));

    // When / Then
    assertThatThrownBy(
            () ->
                runs.train(
                    "tuned", folder.resolve("old.csv"), "fineTune.from=" + parent.folder(), after))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldTakeTrainingSettingsOfSameArchitecture() throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent = quickParent(runs, "model.hiddenLayers=[8,2]", "model.epochs=2");
    RecordedProgress progress = new RecordedProgress();

    // When
    Bundle tuned =
        runs.train(
            "tuned",
            folder.resolve("old.csv"),
            progress,
            "fineTune.from=" + parent.folder(),
            "model.hiddenLayers=[8,2]",
            "model.epochs=3",
            "model.learningRate=0.01");

    // Then
    assertThat(progress.epochs()).hasSize(3);
    assertThat(tuned.manifest().provenance().hyperparameters())
        .containsEntry("learningRate", 0.002);
  }

  @Test
  void shouldRefuseDamagedOrForeignWeights() throws IOException {
    // Given
    TransferRuns runs = new TransferRuns(folder);
    Bundle parent = quickParent(runs, "model.epochs=1");
    byte[] bytes = Files.readAllBytes(parent.weightsFile());
    Bundle other = runs.train("other", folder.resolve("old.csv"), "model.epochs=2");

    // When / Then
    Files.write(parent.weightsFile(), Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> tune(runs, parent))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("weights.bin is damaged");
    Files.copy(
        other.weightsFile(),
        parent.weightsFile(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> tune(runs, parent))
        .hasMessageContaining("it belongs to another model.onnx");
    Files.delete(parent.weightsFile());
    assertThatThrownBy(() -> tune(runs, parent)).hasMessageContaining("it has no weights.bin");
    assertThatThrownBy(
            () -> runs.train("tuned", folder.resolve("old.csv"), "fineTune.freeze=encoder"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fineTune.from");
  }

  private Bundle tune(TransferRuns runs, Bundle parent) {
    return runs.train("tuned", folder.resolve("old.csv"), "fineTune.from=" + parent.folder());
  }
}
