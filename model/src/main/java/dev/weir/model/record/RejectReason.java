package dev.weir.model.record;

import java.util.Locale;

/** Why a record could not be scored. A closed list, so that it can be a metric's tag. */
public enum RejectReason {
  /** The record's value has no bytes. */
  EMPTY,
  /** The record lacks the field whose value should be its key. */
  NO_KEY,
  /** The bytes are not of the expected format. */
  MALFORMED,
  /** The bytes do not begin with a schema registry's frame, and no header names a schema. */
  NOT_FRAMED,
  /** The schema registry has no schema of the record's id. */
  UNKNOWN_SCHEMA,
  /** The record's schema is of another format than expected, or not one of records. */
  UNUSABLE_SCHEMA,
  /** The value is well formed, but is not an object with fields. */
  NOT_A_RECORD,
  /** The record has none of the fields that the model looks at. */
  NO_KNOWN_FIELD,
  /** None of the fields that the model looks at has a value: those that are there are null. */
  NO_VALUE,
  /** A field that should be a number is something else. */
  NOT_A_NUMBER,
  /** A field that should be true or false is something else. */
  NOT_A_BOOLEAN,
  /** A field that should be a category is an object or an array. */
  NOT_A_CATEGORY,
  /** A field that should be a time is something else. */
  NOT_A_TIME,
  /** A number is infinite, or too large for single precision. */
  NOT_FINITE,
  /** The record can be read, and something else goes wrong with it. */
  PROCESSING_FAILED;

  /** The reason as it stands in a header or a metric's tag: {@code not-a-number}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
