package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.MixedRows;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.export.GraphRun;
import dev.weir.trainer.network.RecordedProgress;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Embedding;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories that a network sees as trained vectors. */
final class EmbeddingTest {
  private static final int CITIES = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "autoencoder, 1",
    "autoencoder, 3",
    "vae, 1",
    "vae, 3",
    "gru-autoencoder, 3",
    "transformer-autoencoder, 3"
  })
  void shouldExportEmbeddingsOfSomeOfSeveralCategories(String family, int window) throws Exception {
    // Given features of all types, of which the last categorical one is embedded
    TimeSplit split = Fits.mixed(window);
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, true)
            .fit(MixedRows.FEATURES)
            .embedding(name -> name.equals("state") ? OptionalInt.of(2) : OptionalInt.empty());

    // When
    String[] settings = {"family=" + family, "window=" + window, "epochs=2"};
    FittedModel model = fit(preprocessor, split, settings);

    // Then
    assertThat(preprocessor.embeddings()).singleElement().extracting(Embedding::size).isEqualTo(4);
    assertThat(preprocessor.embeddedCount()).isEqualTo(preprocessor.columnCount() - 2);
    Fits.assertExport(model, split.validation(), folder);
    Preprocessor oneHot = preprocessor.embedding(name -> OptionalInt.empty());
    double[] scores = model.scores(split.validation());
    assertThat(fit(oneHot, split, settings).scores(split.validation())).isNotEqualTo(scores);
    assertThat(fit(preprocessor, split, settings).scores(split.validation())).isEqualTo(scores);
  }

  @ParameterizedTest
  @CsvSource({"autoencoder, dropout=0", "vae, beta=0.01"})
  void shouldLearnWhatCategoriesHaveInCommon(String family, String setting) throws Exception {
    // Given cities, each in a cold or a warm region; the temperature is that of the region
    TimeSplit split = cities(4000, 1);
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, false)
            .fit(FEATURES)
            .embedding(name -> OptionalInt.of(3));

    // When
    FittedModel model =
        fit(
            preprocessor,
            split,
            "family=" + family,
            setting,
            "hiddenLayers=[32,6]",
            "epochs=40",
            "learningRate=5e-3",
            "batchSize=64");
    double[] usual = Fits.sorted(model.scores(cities(1000, 2).validation()));
    double[] wrong = Fits.sorted(model.scores(swapped(cities(1000, 3).validation())));

    // Then the right temperature of the wrong region stands out
    assertThat(preprocessor.embeddedCount()).isEqualTo(4);
    assertThat(wrong[wrong.length / 2]).isGreaterThan(2 * usual[usual.length * 9 / 10]);
    Samples sample = swapped(cities(1000, 3).validation());
    try (GraphRun graph = new GraphRun(model.export(), folder)) {
      GraphRun.Output output = graph.run(sample);
      for (int i = 0; i < sample.count(); i++) {
        float category = output.expected()[2 * i];
        assertThat(category).isBetween(0f, (float) CITIES).isEqualTo((float) Math.rint(category));
        assertThat(output.contributions()[2 * i] + output.contributions()[2 * i + 1])
            .isCloseTo(output.score()[i], within(1e-4f * (1 + output.score()[i])));
      }
    }
  }

  @Test
  void shouldKeepOneHotWhereAnEmbeddingWouldBeNoNarrower() {
    // Given
    TimeSplit split = Fits.mixed(1);
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, false)
            .fit(MixedRows.FEATURES);

    // When / Then a vocabulary of three, and the others
    assertThat(preprocessor.embedding(name -> OptionalInt.of(3)).embeddings()).hasSize(2);
    assertThat(preprocessor.embedding(name -> OptionalInt.of(4)).embeddings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pca", "som"})
  void shouldSayThatFamilyWithoutNetworkSeesOneHot(String family) {
    // Given
    TimeSplit split = Fits.mixed(1);
    Preprocessor oneHot =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, false)
            .fit(MixedRows.FEATURES);
    RecordedProgress progress = new RecordedProgress();

    // When
    FittedModel model =
        ModelFitter.of(Fits.config("family=" + family, "seed=3"), progress)
            .fit(oneHot.embedding(name -> OptionalInt.of(2)), split);

    // Then
    assertThat(progress.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .isEqualTo(
                        "family "
                            + family
                            + " has no network that could learn an embedding, and sees 'kind',"
                            + " 'state' one-hot"));
    assertThat(model.scores(split.validation()))
        .isEqualTo(fit(oneHot, split, "family=" + family, "seed=3").scores(split.validation()));
  }

  private static FittedModel fit(Preprocessor preprocessor, TimeSplit split, String... settings) {
    return ModelFitter.of(Fits.config(settings), TrainingProgress.SILENT).fit(preprocessor, split);
  }

  private static final FeatureSpec FEATURES =
      new FeatureSpec(
          List.of(
              Feature.categorical(
                  "city", IntStream.rangeClosed(1, CITIES).mapToObj(i -> "c" + i).toList()),
              new Feature("degrees", FieldPath.parse("degrees"), FeatureType.NUMERIC)));

  private static TimeSplit cities(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[2 * count];
    for (int i = 0; i < count; i++) {
      int city = 1 + random.nextInt(CITIES);
      values[2 * i] = city;
      values[2 * i + 1] = (float) (usual(city) + random.nextGaussian());
    }
    LinkedRows linked = LinkedRows.ofOneKey(Rows.of(values, 2));
    Samples samples = Samples.of(linked.rows());
    int part = count * 7 / 10;
    Samples rest = samples.slice(part, count);
    return new TimeSplit(samples.slice(0, part), rest, rest);
  }

  private static double usual(int city) {
    return city * 7 % 3 == 0 ? 30 : -10;
  }

  /** The same cities, with the temperature of the other region. */
  private static Samples swapped(Samples samples) {
    float[] values = samples.copy();
    for (int i = 0; i < values.length; i += 2) {
      values[i + 1] = (float) (20 - usual((int) values[i]));
    }
    return Samples.of(Rows.of(values, 2));
  }
}
