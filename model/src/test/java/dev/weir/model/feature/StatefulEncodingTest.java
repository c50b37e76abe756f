package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Features and windows that look back at a key's earlier records. */
final class StatefulEncodingTest {
  private static final float NAN = Float.NaN;

  private final float[] row = new float[1];

  @Test
  void shouldTakeDifferenceToPreviousRecord() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.DIFFERENCE, null);
    EncoderState state = encoder.newState();

    // Then
    assertThat(next(encoder, state, 0, 5)).isNaN();
    assertThat(next(encoder, state, 1, 7.5)).isEqualTo(2.5f);
    assertThat(next(encoder, state, 2, 7)).isEqualTo(-0.5f);
  }

  /** In single precision, two such counters are equal. */
  @Test
  void shouldTakeDifferencesInDoublePrecision() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.DIFFERENCE, null);
    EncoderState state = encoder.newState();

    // When
    next(encoder, state, 0, 1e12);

    // Then
    assertThat(next(encoder, state, 1, 1e12 + 3)).isEqualTo(3);
  }

  @Test
  void shouldTakeRatePerSecond() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.RATE, null);
    EncoderState state = encoder.newState();

    // Then
    assertThat(next(encoder, state, 10_000, 100)).isNaN();
    assertThat(next(encoder, state, 12_000, 110)).isEqualTo(5);
    assertThat(next(encoder, state, 12_500, 109)).isEqualTo(-2);
  }

  @Test
  void shouldHaveNoRateWhereTimeHasNotGoneOn() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.RATE, null);
    EncoderState state = encoder.newState();
    next(encoder, state, 10_000, 100);

    // Then
    assertThat(next(encoder, state, 10_000, 110)).isNaN();
    assertThat(next(encoder, state, 8_000, 90)).isNaN();
    // The previous record is the one that came before, late as it was.
    assertThat(next(encoder, state, 12_000, 98)).isEqualTo(2);
  }

  @Test
  void shouldHaveNoDifferenceWhereOneValueIsMissing() throws RejectedRecordException {
    // Given
    FeatureSpec spec =
        new FeatureSpec(List.of(feature(Transform.DIFFERENCE, null), Feature.numeric("load")));
    FeatureEncoder encoder = new FeatureEncoder(spec);
    EncoderState state = encoder.newState();
    FieldValues fields = new FieldValues(2);
    fields.setNumber(1, 1);
    float[] rows = new float[8];

    // When
    double[] values = {1, Double.NaN, 3, 4};
    for (int i = 0; i < 4; i++) {
      fields.setNumber(0, values[i]);
      encoder.encode(fields, i, state, rows, 2 * i);
    }

    // Then
    assertThat(rows).containsExactly(NAN, 1, NAN, 1, NAN, 1, 1, 1);
  }

  @Test
  void shouldTakeRollingStatisticsOverSoManyRowsMissingOnesAmongThem()
      throws RejectedRecordException {
    // Given
    FeatureSpec spec =
        new FeatureSpec(
            List.of(
                feature(Transform.ROLLING_MEAN, 3),
                new Feature(
                    "x.rollingDeviation",
                    FieldPath.parse("x"),
                    FeatureType.NUMERIC,
                    Transform.ROLLING_DEVIATION,
                    2,
                    List.of()),
                Feature.numeric("load")));
    FeatureEncoder encoder = new FeatureEncoder(spec);
    EncoderState state = encoder.newState();
    FieldValues fields = new FieldValues(2);
    fields.setNumber(1, 0);
    float[] rows = new float[21];

    // When
    double[] values = {2, 4, Double.NaN, 9, Double.NaN, Double.NaN, Double.NaN};
    for (int i = 0; i < values.length; i++) {
      fields.setNumber(0, values[i]);
      encoder.encode(fields, i, state, rows, 3 * i);
    }

    // Then
    assertThat(column(rows, 0)).containsExactly(2, 3, 3, 6.5f, 9, 9, NAN);
    assertThat(column(rows, 1)).containsExactly(NAN, 1, NAN, NAN, NAN, NAN, NAN);
  }

  /** By running sums, a small deviation far from zero is lost. */
  @Test
  void shouldTakeDeviationWithoutCancellation() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.ROLLING_DEVIATION, 4);
    EncoderState state = encoder.newState();

    // When
    float deviation = NAN;
    for (int i = 0; i < 100_000; i++) {
      deviation = next(encoder, state, i, 1e9 + i % 2);
    }

    // Then
    assertThat(deviation).isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void shouldGiveWindowsOldestRowFirst() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder =
        new FeatureEncoder(FeatureSpec.numeric(List.of("x")), 3, Optional.empty());
    EncoderState state = encoder.newState();
    FieldValues fields = new FieldValues(1);
    float[] window = {-1, -1, -1, -1, -1};

    // Then
    float[][] expected = {{NAN, NAN, 0}, {NAN, 0, 1}, {0, 1, 2}, {1, 2, 3}};
    for (int i = 0; i < expected.length; i++) {
      fields.setNumber(0, i);
      assertThat(encoder.encodeWindow(fields, i, state, window, 1)).isEqualTo(i >= 2);
      assertThat(window).containsExactly(-1, expected[i][0], expected[i][1], expected[i][2], -1);
    }
    assertThat(encoder.needsState()).isTrue();
    assertThat(encoder.spec().isStateful()).isFalse();
  }

  @Test
  void shouldBeginAnewAfterLongGap() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder =
        new FeatureEncoder(
            new FeatureSpec(List.of(feature(Transform.DIFFERENCE, null))),
            2,
            Optional.of(Duration.ofSeconds(10)));
    EncoderState state = encoder.newState();
    FieldValues fields = new FieldValues(1);
    float[] window = new float[2];
    fields.setNumber(0, 1);
    encoder.encodeWindow(fields, 0, state, window, 0);

    // When no longer than the gap, then after a late record, then longer
    boolean full = encoder.encodeWindow(fields, 10_000, state, window, 0);
    encoder.encodeWindow(fields, -90_000, state, window, 0);
    boolean fullAfterLate = encoder.encodeWindow(fields, 20_000, state, window, 0);
    boolean afterGap = encoder.isAfterGap(state, 30_001);
    boolean fullAfterGap = encoder.encodeWindow(fields, 30_001, state, window, 0);

    // Then
    assertThat(full).isTrue();
    assertThat(fullAfterLate).isTrue();
    assertThat(afterGap).isTrue();
    assertThat(fullAfterGap).isFalse();
    assertThat(window).containsExactly(NAN, NAN);
  }

  @Test
  void shouldNotChangeStateByRejectedRecord() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.DIFFERENCE, null);
    EncoderState state = encoder.newState();
    next(encoder, state, 0, 1);
    byte[] before = state.toBytes();
    FieldValues text = new FieldValues(1);
    text.setText(0, "high");

    // Then
    assertThatThrownBy(() -> encoder.encode(text, 1, state, row, 0))
        .isInstanceOf(RejectedRecordException.class);
    assertThatThrownBy(() -> encoder.encode(new FieldValues(1), 1, state, row, 0))
        .hasFieldOrPropertyWithValue("reason", RejectReason.NO_KNOWN_FIELD);
    assertThat(state.toBytes()).isEqualTo(before);
    assertThat(next(encoder, state, 2, 3)).isEqualTo(2);
  }

  @Test
  void shouldRejectDifferenceBeyondSinglePrecision() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.DIFFERENCE, null);
    EncoderState state = encoder.newState();
    next(encoder, state, 0, Float.MAX_VALUE);

    // Then
    assertThatThrownBy(() -> next(encoder, state, 1, -Float.MAX_VALUE))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("feature 'x' is beyond single precision");
  }

  @Test
  void shouldNotTakeAllDifferencesMissingForRecordWithoutValue() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = encoder(Transform.RATE, null);
    EncoderState state = encoder.newState();

    // Then
    assertThat(next(encoder, state, 0, 1)).isNaN();
    assertThat(next(encoder, state, 0, 2)).isNaN();
  }

  @Test
  void shouldNotEncodeWithoutStateOrWithAnothers() {
    FeatureEncoder encoder = encoder(Transform.RATE, null);
    FieldValues fields = new FieldValues(1);
    fields.setNumber(0, 1);
    assertThatIllegalStateException().isThrownBy(() -> encoder.encode(fields, row, 0));
    EncoderState foreign = encoder(Transform.RATE, null).newState();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(fields, 0, foreign, row, 0));
  }

  @Test
  void shouldRefuseStateThatNoStoreWouldTake() {
    FeatureSpec spec = FeatureSpec.numeric(List.of("a", "b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureEncoder(spec, 200_000, Optional.empty()))
        .withMessageContaining("1600017 bytes, and 1000000 are the most");
    assertThat(new FeatureEncoder(spec, 100, Optional.empty()).maxStateBytes())
        .isEqualTo(25 + 99 * 2 * 4);
  }

  private float next(FeatureEncoder encoder, EncoderState state, long time, double value)
      throws RejectedRecordException {
    FieldValues fields = new FieldValues(1);
    fields.setNumber(0, value);
    encoder.encode(fields, time, state, row, 0);
    return row[0];
  }

  private static FeatureEncoder encoder(Transform transform, Integer rows) {
    return new FeatureEncoder(new FeatureSpec(List.of(feature(transform, rows))));
  }

  private static Feature feature(Transform transform, Integer rows) {
    return new Feature("x", FieldPath.parse("x"), FeatureType.NUMERIC, transform, rows, List.of());
  }

  private static float[] column(float[] rows, int column) {
    float[] values = new float[rows.length / 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[3 * i + column];
    }
    return values;
  }
}
