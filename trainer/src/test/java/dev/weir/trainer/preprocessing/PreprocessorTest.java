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
import dev.weir.trainer.preprocessing.InputColumn.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PreprocessorTest {
  private static final float MISSING = Float.NaN;

  @Test
  void shouldLearnFromPresentValues() {
    // Given 1, 1, 2, 4 in the first column: mean 2, deviation √1.5, median 1.5
    Samples rows = rows(2, 1, 7, MISSING, 7, 4, 7, 1, MISSING, 2, 7);

    // When
    Preprocessor preprocessor = fit(FeatureSpec.numeric(List.of("a", "b")), rows, 5);

    // Then
    assertThat(preprocessor.fill(0)).isEqualTo(1.5f);
    assertThat(preprocessor.fill(1)).isEqualTo(7);
    assertThat(preprocessor.columns())
        .containsExactly(
            new InputColumn(0, Role.NUMBER, 0, 2, (float) Math.sqrt(1.5)),
            new InputColumn(1, Role.NUMBER, 0, 7, 1));
    assertThat(preprocessor.clip()).isEqualTo(5);
    assertThat(preprocessor.width()).isEqualTo(2);
  }

  @Test
  void shouldImputeCentreScaleAndClip() {
    // Given
    Preprocessor preprocessor =
        Numbers.preprocessor(new float[] {4, 0}, new float[] {2, 0}, new float[] {2, 1}, 5);
    Samples rows = rows(2, 6, 1, MISSING, 1e30f, -1e30f, MISSING);

    // When / Then
    assertThat(preprocessor.apply(rows)).containsExactly(2, 1, 1, 5, -5, 0);
    assertThat(rows.at(0, 0)).as("the rows are left as they were").isEqualTo(6);
    assertThat(preprocessor.mask(rows, 0, 3)).containsExactly(1, 1, 0, 1, 1, 0);
    assertThat(preprocessor.present(rows, 0, 3)).isEqualTo(4);
  }

  @Test
  void shouldLeaveConstantColumnInItsUnits() {
    // When
    Preprocessor preprocessor = fit(FeatureSpec.numeric(List.of("a")), rows(1, 3, 3, 3), 10);

    // Then
    assertThat(preprocessor.apply(rows(1, 3, 3.5f, 1))).containsExactly(0, 0.5f, -2);
  }

  @Test
  void shouldNotDivideByDeviationThatSinglePrecisionCannotHold() {
    // Given values that differ by the smallest number there is
    Samples rows = rows(1, 0, Float.MIN_VALUE, 0, 0, 0, 0, 0, 0, 0, 0);

    // When
    Preprocessor preprocessor = fit(FeatureSpec.numeric(List.of("a")), rows, 10);

    // Then
    assertThat(preprocessor.columns().get(0).scale()).isEqualTo(1);
    assertThat(preprocessor.apply(rows)).doesNotContain(MISSING);
  }

  @Test
  void shouldScaleAsAsked() {
    // Given the numbers from 0 to 100 and one wild one: the quartiles are 25.25 and 75.75
    float[] values = new float[102];
    for (int i = 0; i <= 100; i++) {
      values[i] = i;
    }
    values[101] = 10_000;
    FeatureSpec spec = FeatureSpec.numeric(List.of("a"));

    // When
    Preprocessor robust =
        new PreprocessorFitter(rows(1, values), Scaling.ROBUST, 10, false).fit(spec);
    Preprocessor minMax =
        new PreprocessorFitter(rows(1, values), Scaling.MIN_MAX, 10, false).fit(spec);
    Preprocessor mostlyEqual =
        new PreprocessorFitter(rows(1, 5, 5, 5, 5, 5, 5, 5, 9), Scaling.ROBUST, 10, false)
            .fit(spec);

    // Then
    assertThat(robust.columns().get(0).centre()).isEqualTo(50.5f);
    assertThat(robust.columns().get(0).scale()).isCloseTo(50.5f / 1.349f, within(1e-4f));
    assertThat(minMax.apply(rows(1, 0, 5000, 10_000))).containsExactly(0, 0.5f, 1);
    assertThat(mostlyEqual.columns().get(0).scale()).isCloseTo((float) 1.32288, within(1e-4f));
  }

  @Test
  void shouldMakeColumnsOfEveryKindOfFeature() {
    // Given a category (c is in no vocabulary), an hour, a count, and a number that may be missing
    FeatureSpec spec =
        new FeatureSpec(
            List.of(
                Feature.categorical("kind", List.of("a", "b")),
                new Feature("time", FieldPath.parse("time"), FeatureType.HOUR_OF_DAY),
                new Feature(
                    "bytes",
                    FieldPath.parse("bytes"),
                    FeatureType.NUMERIC,
                    Transform.LOG1P,
                    null,
                    List.of()),
                Feature.numeric("load")));
    Samples rows = rows(4, 1, 0, 0, 1, 1, 12, 0, 3, 2, 0, 0, MISSING, 1, 12, 0, 2);

    // When
    Preprocessor preprocessor = new PreprocessorFitter(rows, Scaling.STANDARD, 10, true).fit(spec);

    // Then shares of the categories are 0, 3/4, 1/4: their variances add up to 3/8
    float scale = (float) Math.sqrt(0.375);
    assertThat(preprocessor.columns())
        .extracting(InputColumn::role)
        .containsExactly(
            Role.NUMBER,
            Role.LOG1P,
            Role.CATEGORY,
            Role.CATEGORY,
            Role.CATEGORY,
            Role.SINE,
            Role.COSINE,
            Role.MISSING);
    assertThat(preprocessor.fill(0)).as("the most frequent category").isEqualTo(1);
    float[] columns = preprocessor.apply(rows(4, 2, 6, 1.7182817f, MISSING));
    assertThat(columns[0]).as("load is imputed by its median").isEqualTo(0);
    assertThat(columns[1]).as("log(1 + e - 1), constant in training").isCloseTo(1, within(1e-6f));
    assertThat(columns[2]).as("other").isEqualTo(0);
    assertThat(columns[3]).isCloseTo(-0.75f / scale, within(1e-6f));
    assertThat(columns[4]).isCloseTo(0.75f / scale, within(1e-6f));
    assertThat(columns[5]).as("sine at 6 h, of variance 1 in all").isCloseTo(1, within(1e-6f));
    assertThat(columns[6]).as("cosine at 6 h").isCloseTo(0, within(1e-6f));
    assertThat(columns[7]).as("load is missing").isEqualTo(1);
    assertThat(preprocessor.mask(rows(4, 2, 6, 1, MISSING), 0, 1))
        .containsExactly(0, 1, 1, 1, 1, 1, 1, 0);
  }

  private static Preprocessor fit(FeatureSpec spec, Samples rows, double clip) {
    return new PreprocessorFitter(rows, Scaling.STANDARD, clip, false).fit(spec);
  }

  private static Samples rows(int width, float... values) {
    return Samples.of(Rows.of(values, width));
  }
}
