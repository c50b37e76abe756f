package dev.weir.model.feature;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;

/** Makes the number of one column out of a record's field alone. Immutable. */
interface ColumnEncoder {

  /**
   * The field's number; NaN if it is missing.
   *
   * @throws RejectedRecordException if the field holds what the column cannot take
   */
  float encode(FieldValues fields, int slot) throws RejectedRecordException;
}
