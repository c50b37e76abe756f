package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns a record's fields into the row of numbers that a model sees.
 *
 * <p>The only code between a record and a model's input, in the trainer and in the scorer alike.
 * The row holds raw values: imputation and scaling are inside the model's graph. A missing value is
 * {@link Float#NaN}. Stateless and thread-safe.
 */
public final class FeatureEncoder {
  /** How many fields a message names. */
  private static final int NAMED = 5;

  private final FeatureSpec spec;

  public FeatureEncoder(FeatureSpec spec) {
    for (Feature feature : spec.features()) {
      if (feature.type() != FeatureType.NUMERIC || feature.transform().isStateful()) {
        throw new IllegalArgumentException(
            "feature '" + feature.name() + "' is " + feature.type() + ", " + feature.transform());
      }
    }
    this.spec = spec;
  }

  public FeatureSpec spec() {
    return spec;
  }

  /**
   * Writes one row, float32 {@code [d]}, into {@code row} from {@code offset} on.
   *
   * @param fields the record's values, slot {@code i} for feature {@code i}
   * @throws RejectedRecordException if a field is not a number, is not finite in single precision,
   *     or if none of the features has a value
   */
  public void encode(FieldValues fields, float[] row, int offset) throws RejectedRecordException {
    int width = spec.width();
    int missing = 0;
    for (int i = 0; i < width; i++) {
      FieldKind kind = fields.kind(i);
      switch (kind) {
        case NUMBER -> row[offset + i] = finite(fields.number(i), i);
        case NULL, ABSENT -> row[offset + i] = Float.NaN;
        default -> throw notANumber(i, kind);
      }
      missing += Float.isNaN(row[offset + i]) ? 1 : 0;
    }
    if (missing == width) {
      throw nothingToScore(fields);
    }
  }

  private RejectedRecordException nothingToScore(FieldValues fields) {
    List<String> there =
        IntStream.range(0, spec.width())
            .filter(i -> fields.kind(i) != FieldKind.ABSENT)
            .mapToObj(i -> "'" + spec.features().get(i).path() + "'")
            .toList();
    if (there.isEmpty()) {
      return new RejectedRecordException(
          RejectReason.NO_KNOWN_FIELD,
          "the record has none of the model's "
              + spec.width()
              + " fields; the first is '"
              + spec.features().get(0).path()
              + "'");
    }
    return new RejectedRecordException(
        RejectReason.NO_VALUE,
        "the record has no value in any of the model's "
            + spec.width()
            + " fields; null are: "
            + String.join(", ", there.subList(0, Math.min(there.size(), NAMED)))
            + (there.size() > NAMED ? " and " + (there.size() - NAMED) + " more" : "")
            + (there.size() < spec.width() ? "; the others are not there" : ""));
  }

  private float finite(double value, int feature) throws RejectedRecordException {
    if (Double.isNaN(value)) {
      return Float.NaN;
    }
    float single = (float) value;
    if (Float.isInfinite(single)) {
      throw new RejectedRecordException(
          RejectReason.NOT_FINITE,
          "field '"
              + spec.features().get(feature).path()
              + "' is infinite or beyond single precision");
    }
    return single;
  }

  private RejectedRecordException notANumber(int feature, FieldKind kind) {
    String found =
        switch (kind) {
          case TEXT -> "text";
          case BOOLEAN -> "true or false";
          default -> "an object or an array";
        };
    return new RejectedRecordException(
        RejectReason.NOT_A_NUMBER,
        "field '" + spec.features().get(feature).path() + "' should be a number, but is " + found);
  }
}
