package dev.weir.model.record;

/** What a record holds at a field. */
public enum FieldKind {
  /** The record does not have the field. */
  ABSENT,
  /** The field is there and is null. */
  NULL,
  NUMBER,
  BOOLEAN,
  TEXT,
  /** An object or an array, where a single value was looked for. */
  NESTED
}
