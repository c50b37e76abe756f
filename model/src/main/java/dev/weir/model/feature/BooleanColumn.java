package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;

/** 1 for true and 0 for false; a record may also say 1 and 0 itself. */
final class BooleanColumn implements ColumnEncoder {
  private final FieldPath path;

  BooleanColumn(FieldPath path) {
    this.path = path;
  }

  @Override
  public float encode(FieldValues fields, int slot) throws RejectedRecordException {
    FieldKind kind = fields.kind(slot);
    switch (kind) {
      case BOOLEAN -> {
        return (float) fields.number(slot);
      }
      case NUMBER -> {
        double value = fields.number(slot);
        if (value != 0 && value != 1 && !Double.isNaN(value)) {
          throw new RejectedRecordException(
              RejectReason.NOT_A_BOOLEAN,
              "field '" + path + "' should be true, false, 1 or 0, but is another number");
        }
        return (float) value;
      }
      case NULL, ABSENT -> {
        return Float.NaN;
      }
      default -> throw Misfit.of(RejectReason.NOT_A_BOOLEAN, path, "true or false", kind);
    }
  }
}
