package dev.weir.trainer.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.export.GraphFrame;
import dev.weir.trainer.export.GraphRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureValuesTest {
  private static final FeatureSpec FEATURES =
      new FeatureSpec(
          List.of(
              feature("kind", FeatureType.CATEGORICAL, Transform.NONE),
              feature("load", FeatureType.NUMERIC, Transform.NONE),
              feature("hour", FeatureType.HOUR_OF_DAY, Transform.NONE),
              feature("bytes", FeatureType.NUMERIC, Transform.LOG1P),
              feature("state", FeatureType.CATEGORICAL, Transform.NONE),
              feature("money", FeatureType.NUMERIC, Transform.SIGNED_LOG),
              feature("day", FeatureType.DAY_OF_WEEK, Transform.NONE)));

  @TempDir private Path folder;

  private static Feature feature(String name, FeatureType type, Transform transform) {
    List<String> categories = type == FeatureType.CATEGORICAL ? List.of("a", "b", "c") : List.of();
    return new Feature(name, FieldPath.parse(name), type, transform, null, categories);
  }

  private static Samples samples() {
    Random random = new Random(5);
    float[] values = new float[300 * FEATURES.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (i % FEATURES.width()) {
            case 0, 4 -> random.nextInt(4);
            case 2 -> random.nextFloat() * 24;
            case 3 -> (float) Math.exp(15 * random.nextDouble());
            case 5 -> (float) (1e5 * random.nextGaussian());
            case 6 -> random.nextFloat() * 7;
            default -> (float) random.nextGaussian();
          };
    }
    return Samples.of(Rows.of(values, FEATURES.width()));
  }

  @Test
  void shouldGiveBackWhatPreprocessorTook() {
    // Given
    Samples samples = samples();
    Preprocessor preprocessor =
        new PreprocessorFitter(samples, Scaling.ROBUST, 1e4, true).fit(FEATURES);

    // When
    float[] columns = preprocessor.apply(samples);

    // Then
    for (int i = 0; i < samples.count(); i++) {
      float[] values = FeatureValues.of(preprocessor, columns, i * preprocessor.columnCount());
      for (int j = 0; j < values.length; j++) {
        assertThat(values[j])
            .as("row %s, %s", i, FEATURES.names().get(j))
            .isCloseTo(samples.at(i, j), within(2e-3f * Math.max(1, Math.abs(values[j]))));
      }
    }
  }

  @Test
  void shouldGiveWhatGraphGivesOfAnyColumns() throws Exception {
    // Given a model that gives back what it sees, of which the clip leaves little
    Samples samples = samples();
    Preprocessor preprocessor =
        new PreprocessorFitter(samples, Scaling.STANDARD, 0.7, false).fit(FEATURES);
    GraphFrame frame = new GraphFrame("clipped", preprocessor, 1);
    float[] expected;
    try (GraphRun graph = new GraphRun(frame.end(frame.reconstructed(frame.flattened())), folder)) {
      expected = graph.run(samples).expected();
    }

    // When
    float[] columns = preprocessor.apply(samples);

    // Then
    for (int i = 0; i < samples.count(); i++) {
      float[] values = FeatureValues.of(preprocessor, columns, i * preprocessor.columnCount());
      for (int j = 0; j < values.length; j++) {
        assertThat(values[j])
            .as("row %s, %s", i, FEATURES.names().get(j))
            .isCloseTo(
                expected[i * values.length + j], within(1e-3f * Math.max(1, Math.abs(values[j]))));
      }
    }
  }
}
