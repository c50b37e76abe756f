package dev.weir.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Says that the bytes of one record cannot be read, and why; to try again does not help.
 *
 * <p>That the registry could not be asked is no fault of the record, and not one of these.
 */
public final class WireFormatException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the record. */
  public enum Reason {
    /** The bytes end before the record does. */
    TRUNCATED,
    /** The first byte is not that of the wire format. */
    WRONG_MAGIC,
    /** The registry has no schema with the record's id. */
    UNKNOWN_SCHEMA_ID,
    /** The record's schema is not Avro, not a record, or refers to schemas that are not at hand. */
    UNUSABLE_SCHEMA,
    /** A specific class was asked for, and none on the class path has the schema's name. */
    UNKNOWN_CLASS,
    /** What the record was written with cannot be read as what the reader expects. */
    SCHEMA_MISMATCH,
    /** The bytes are not an encoding of the schema. */
    MALFORMED,
    /** There are bytes left after the record. */
    TRAILING_BYTES
  }

  private final Reason reason;

  WireFormatException(Reason reason, String message) {
    this(reason, message, null);
  }

  WireFormatException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The same failure, with the topic in its message. */
  WireFormatException at(String topic) {
    return new WireFormatException(
        reason, "cannot read a record of topic " + topic + ": " + getMessage(), this);
  }

  public Reason reason() {
    return reason;
  }
}
