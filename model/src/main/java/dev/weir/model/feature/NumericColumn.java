package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;

/** A number as it is. */
final class NumericColumn implements ColumnEncoder {
  private final FieldPath path;

  NumericColumn(FieldPath path) {
    this.path = path;
  }

  @Override
  public float encode(FieldValues fields, int slot) throws RejectedRecordException {
    return (float) value(fields, slot);
  }

  /** The number in double precision; one that is finite in single precision, or NaN. */
  double value(FieldValues fields, int slot) throws RejectedRecordException {
    FieldKind kind = fields.kind(slot);
    switch (kind) {
      case NUMBER -> {
        double value = fields.number(slot);
        if (Float.isInfinite((float) value)) {
          throw new RejectedRecordException(
              RejectReason.NOT_FINITE,
              "field '" + path + "' is infinite or beyond single precision");
        }
        return value;
      }
      case NULL, ABSENT -> {
        return Double.NaN;
      }
      default -> throw Misfit.of(RejectReason.NOT_A_NUMBER, path, "a number", kind);
    }
  }
}
