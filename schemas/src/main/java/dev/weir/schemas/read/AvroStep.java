package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;

/** Reads one value of a record, or several in a row, and keeps what is wanted of them. */
@FunctionalInterface
interface AvroStep {
  void run(AvroCursor in, FieldValues out) throws RejectedRecordException;

  /** This and the next step as one that is faster than both, or null if there is none. */
  default AvroStep joinedWith(AvroStep next) {
    return null;
  }
}
