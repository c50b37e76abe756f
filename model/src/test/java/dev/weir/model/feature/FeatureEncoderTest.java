package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeatureEncoderTest {
  private static final float UNTOUCHED = -77;

  private final FeatureSpec spec = FeatureSpec.numeric(List.of("load", "cpu.user", "mem"));
  private final FeatureEncoder encoder = new FeatureEncoder(spec);

  @Test
  void shouldWriteFeaturesInOrderOfSpec() throws RejectedRecordException {
    assertThat(encode("{\"mem\": 3, \"cpu\": {\"user\": 2.5}, \"load\": 1}"))
        .containsExactly(1, 2.5f, 3);
  }

  @Test
  void shouldWriteMissingValuesAsNaN() throws RejectedRecordException {
    assertThat(encode("{\"load\": null, \"mem\": 3, \"unknown\": 4}"))
        .containsExactly(Float.NaN, Float.NaN, 3);
  }

  @Test
  void shouldRejectRecordWithoutAnyValue() {
    assertRejected(
        "{\"load\": null, \"mem\": null}",
        RejectReason.NO_VALUE,
        "the record has no value in any of the model's 3 fields; null are: 'load', 'mem'; the"
            + " others are not there");
    assertRejected(
        "{\"load\": null, \"mem\": null, \"cpu\": {\"user\": null}}",
        RejectReason.NO_VALUE,
        "the record has no value in any of the model's 3 fields; null are: 'load', 'cpu.user',"
            + " 'mem'");
  }

  @Test
  void shouldNameNotAllOfManyFieldsWithoutValue() {
    // Given
    FeatureEncoder wide =
        new FeatureEncoder(FeatureSpec.numeric(List.of("a", "b", "c", "d", "e", "f", "g")));
    FieldValues fields = new FieldValues(7);
    for (int i = 0; i < 7; i++) {
      fields.setNull(i);
    }

    // When
    RejectedRecordException rejected =
        catchThrowableOfType(
            RejectedRecordException.class, () -> wide.encode(fields, new float[7], 0));

    // Then
    assertThat(rejected).hasMessageEndingWith("null are: 'a', 'b', 'c', 'd', 'e' and 2 more");
  }

  @Test
  void shouldWriteAtOffsetOnly() throws RejectedRecordException {
    // Given
    FieldValues fields = new FieldValues(5);
    fields.setNumber(0, 1);
    fields.setNumber(1, 2);
    fields.setNumber(2, 3);
    fields.setText(3, "a slot of somebody else");
    float[] row = new float[8];
    Arrays.fill(row, UNTOUCHED);

    // When
    encoder.encode(fields, row, 3);

    // Then
    assertThat(row).containsExactly(UNTOUCHED, UNTOUCHED, UNTOUCHED, 1, 2, 3, UNTOUCHED, UNTOUCHED);
    assertThat(encoder.spec()).isSameAs(spec);
  }

  @Test
  void shouldTakeNaNAsMissing() throws RejectedRecordException {
    // Given
    FieldValues fields = new FieldValues(3);
    fields.setNumber(1, Double.NaN);
    fields.setNumber(2, 4);

    // When
    float[] row = new float[3];
    encoder.encode(fields, row, 0);

    // Then
    assertThat(row).containsExactly(Float.NaN, Float.NaN, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "3.5e38", "-3.5e38", "1e39"})
  void shouldRejectWhatSinglePrecisionCannotHold(String number) {
    assertRejected(
        "{\"load\": 1, \"cpu\": {\"user\": " + number + "}}",
        RejectReason.NOT_FINITE,
        "field 'cpu.user' is infinite or beyond single precision");
  }

  @Test
  void shouldTakeLargestAndSmallestOfSinglePrecision() throws RejectedRecordException {
    assertThat(encode("{\"load\": 3.4028234e38, \"mem\": 1e-300}"))
        .containsExactly(Float.MAX_VALUE, Float.NaN, 0);
  }

  @Test
  void shouldRejectWhatIsNoNumber() {
    assertRejected(
        "{\"load\": \"12\"}",
        RejectReason.NOT_A_NUMBER,
        "field 'load' should be a number, but is text");
    assertRejected(
        "{\"load\": true}",
        RejectReason.NOT_A_NUMBER,
        "field 'load' should be a number, but is true or false");
    assertRejected(
        "{\"mem\": [1]}",
        RejectReason.NOT_A_NUMBER,
        "field 'mem' should be a number, but is an object or an array");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"other\": 1}", "{\"cpu\": {\"system\": 1}}", "{\"Load\": 1}"})
  void shouldRejectRecordWithoutAnyKnownField(String json) {
    assertRejected(
        json,
        RejectReason.NO_KNOWN_FIELD,
        "the record has none of the model's 3 fields; the first is 'load'");
  }

  /** A row is what the fields say, or the record is rejected; nothing is made up. */
  @Property(seed = "20261")
  void shouldEncodeEveryFieldOrRejectRecord(@ForAll("records") FieldValues fields) {
    // Given
    FeatureEncoder wide = new FeatureEncoder(FeatureSpec.numeric(List.of("a", "b", "c", "d")));
    float[] row = new float[fields.slots()];
    boolean anyValue = false;
    boolean allNumbers = true;
    for (int i = 0; i < fields.slots(); i++) {
      FieldKind kind = fields.kind(i);
      anyValue |= kind == FieldKind.NUMBER;
      allNumbers &=
          kind == FieldKind.ABSENT
              || kind == FieldKind.NULL
              || (kind == FieldKind.NUMBER && Float.isFinite((float) fields.number(i)));
    }

    // When
    RejectedRecordException rejected =
        catchThrowableOfType(RejectedRecordException.class, () -> wide.encode(fields, row, 0));

    // Then
    assertThat(rejected == null).isEqualTo(anyValue && allNumbers);
    for (int i = 0; rejected == null && i < row.length; i++) {
      boolean number = fields.kind(i) == FieldKind.NUMBER;
      float expected = number ? (float) fields.number(i) : Float.NaN;
      assertThat(Float.floatToIntBits(row[i])).isEqualTo(Float.floatToIntBits(expected));
    }
  }

  @Provide
  Arbitrary<FieldValues> records() {
    Arbitrary<Double> numbers =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e6, 1e6),
            Arbitraries.longs().map(Double::longBitsToDouble).filter(value -> !value.isNaN()),
            Arbitraries.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    Arbitrary<FieldKind> kinds =
        Arbitraries.frequency(
            Tuple.of(6, FieldKind.NUMBER),
            Tuple.of(3, FieldKind.ABSENT),
            Tuple.of(2, FieldKind.NULL),
            Tuple.of(1, FieldKind.TEXT),
            Tuple.of(1, FieldKind.BOOLEAN),
            Tuple.of(1, FieldKind.NESTED));
    return Combinators.combine(kinds.list().ofSize(4), numbers.list().ofSize(4))
        .as(
            (kindList, numberList) -> {
              FieldValues fields = new FieldValues(4);
              for (int i = 0; i < 4; i++) {
                set(fields, i, kindList.get(i), numberList.get(i));
              }
              return fields;
            });
  }

  private static void set(FieldValues fields, int slot, FieldKind kind, double number) {
    switch (kind) {
      case NUMBER -> fields.setNumber(slot, number);
      case NULL -> fields.setNull(slot);
      case TEXT -> fields.setText(slot, "text");
      case BOOLEAN -> fields.setBoolean(slot, true);
      case NESTED -> fields.setNested(slot);
      case ABSENT -> fields.setAbsent(slot);
    }
  }

  private void assertRejected(String json, RejectReason reason, String message) {
    RejectedRecordException rejected =
        catchThrowableOfType(RejectedRecordException.class, () -> encode(json));
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected).hasMessage(message);
  }

  private float[] encode(String json) throws RejectedRecordException {
    FieldValues fields = new FieldValues(spec.width());
    new JsonRecordReader(spec.fields()).read(json.getBytes(StandardCharsets.UTF_8), fields);
    float[] row = new float[spec.width()];
    encoder.encode(fields, row, 0);
    return row;
  }
}
