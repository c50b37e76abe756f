package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.record.FieldPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureTextTest {
  private static final Feature REGION = Feature.categorical("region", List.of("eu", "us"));

  @ParameterizedTest
  @CsvSource({
    "HOUR_OF_DAY, 13.75, 13:45",
    "HOUR_OF_DAY, 0, 00:00",
    "HOUR_OF_DAY, 23.999, 00:00",
    "HOUR_OF_DAY, -0.5, 23:30",
    "DAY_OF_WEEK, 0.5, Monday 12:00",
    "DAY_OF_WEEK, 6.99999, Monday 00:00",
    "DAY_OF_WEEK, 6.25, Sunday 06:00",
    "DAY_OF_WEEK, -0.25, Sunday 18:00",
    "BOOLEAN, 1, true",
    "BOOLEAN, 0.49, false"
  })
  void shouldSayWhatNumberStandsFor(FeatureType type, float value, String text) {
    assertThat(FeatureText.of(new Feature("f", FieldPath.parse("f"), type), value)).contains(text);
  }

  @Test
  void shouldNameCategories() {
    assertThat(FeatureText.of(REGION, 1)).contains("eu");
    assertThat(FeatureText.of(REGION, 1.6f)).contains("us");
    assertThat(FeatureText.of(REGION, 0)).contains("(other)");
    assertThat(FeatureText.of(REGION, 7)).contains("(other)");
  }

  @Test
  void shouldLeaveNumbersAndMissingValuesAlone() {
    assertThat(FeatureText.of(Feature.numeric("load"), 3)).isEmpty();
    assertThat(FeatureText.of(REGION, Float.NaN)).isEmpty();
  }
}
