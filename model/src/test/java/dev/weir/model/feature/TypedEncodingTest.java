package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features that are not plain numbers, and need no earlier records. */
final class TypedEncodingTest {
  private static final Feature UP = new Feature("up", FieldPath.parse("up"), FeatureType.BOOLEAN);
  private static final Feature REGION = Feature.categorical("region", List.of("eu", "us", "404"));
  private static final Feature HOUR =
      new Feature("at.hourOfDay", FieldPath.parse("at"), FeatureType.HOUR_OF_DAY);
  private static final Feature DAY =
      new Feature("at.dayOfWeek", FieldPath.parse("at"), FeatureType.DAY_OF_WEEK);

  @Test
  void shouldGiveFeaturesOfOneFieldOneSlot() throws RejectedRecordException {
    // Given
    FeatureSpec spec = new FeatureSpec(List.of(HOUR, UP, DAY));

    // Then
    assertThat(spec.fields()).containsExactly(FieldPath.parse("at"), FieldPath.parse("up"));
    assertThat(encode(spec, "{\"at\": \"2026-10-03T18:00:00Z\", \"up\": true}"))
        .containsExactly(18, 1, 5.75f);
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0", "1, 1", "0, 0", "1.0, 1", "null, NaN"})
  void shouldTakeTruthValues(String json, float expected) throws RejectedRecordException {
    assertThat(encode(UP, json)).isEqualTo((Float) expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"eu\"', 1",
    "'\"us\"', 2",
    "404, 3",
    "'\"404\"', 3",
    "'\"asia\"', 0",
    "true, 0",
    "null, NaN"
  })
  void shouldTakeCategories(String json, float expected) throws RejectedRecordException {
    assertThat(encode(REGION, json)).isEqualTo((Float) expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 3",
    "'\"1970-01-05T00:00Z\"', 0, 0",
    "'\"2026-10-01T13:45:00+02:00\"', 11.75, 3.4895833",
    "-1, 23.999998, 3",
    "-259200001, 23.999998, 6.9999995",
    "1e15, 1.7777778, 4.0740743"
  })
  void shouldTakeMomentsInUtc(String json, float hour, float day) throws RejectedRecordException {
    assertThat(encode(HOUR, json)).isEqualTo(hour).isLessThan(24);
    assertThat(encode(DAY, json)).isEqualTo(day).isLessThan(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1e-9", "-259200000.0000001"})
  void shouldStayBelowThePeriodInSinglePrecision(String json) throws RejectedRecordException {
    assertThat(encode(HOUR, json)).isLessThan(24).isGreaterThan(23.99f);
    assertThat(encode(DAY, json)).isLessThan(7);
  }

  @Test
  void shouldRejectWhatDoesNotFit() {
    assertRejected(
        UP,
        "\"yes\"",
        RejectReason.NOT_A_BOOLEAN,
        "field 'up' should be true or false, but is text");
    assertRejected(
        UP,
        "2",
        RejectReason.NOT_A_BOOLEAN,
        "field 'up' should be true, false, 1 or 0, but is another number");
    assertRejected(
        REGION,
        "[1]",
        RejectReason.NOT_A_CATEGORY,
        "field 'region' should be a single value, but is an object or an array");
    assertRejected(
        HOUR,
        "\"noon\"",
        RejectReason.NOT_A_TIME,
        "field 'at' should be a time, but is text that is not in ISO 8601, as in"
            + " 2026-10-01T00:00:00Z");
    assertRejected(
        HOUR, "true", RejectReason.NOT_A_TIME, "field 'at' should be a time, but is true or false");
    assertRejected(
        DAY,
        "1e300",
        RejectReason.NOT_A_TIME,
        "field 'at' should be a time in milliseconds since 1970, but is too far off");
  }

  private static void assertRejected(
      Feature feature, String json, RejectReason reason, String message) {
    RejectedRecordException rejected =
        catchThrowableOfType(RejectedRecordException.class, () -> encode(feature, json));
    assertThat(rejected).hasMessage(message);
    assertThat(rejected.reason()).isEqualTo(reason);
  }

  /** One field, beside one that always has a value. */
  private static float encode(Feature feature, String json) throws RejectedRecordException {
    FeatureSpec spec = new FeatureSpec(List.of(Feature.numeric("load"), feature));
    return encode(spec, "{\"load\": 1, \"" + feature.path() + "\": " + json + "}")[1];
  }

  private static float[] encode(FeatureSpec spec, String json) throws RejectedRecordException {
    FieldValues fields = new FieldValues(spec.fields().size());
    new JsonRecordReader(spec.fields()).read(json.getBytes(StandardCharsets.UTF_8), fields);
    float[] row = new float[spec.width()];
    new FeatureEncoder(spec).encode(fields, row, 0);
    return row;
  }
}
