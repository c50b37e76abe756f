package dev.weir.schemas.read;

import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.Frame;
import dev.weir.schemas.serde.WireFormat;
import dev.weir.schemas.serde.WireFormatException;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Finds out how a record names its schema, and rejects one that does not. */
final class Frames {
  private Frames() {}

  /**
   * The schema's id in the frame that a record begins with.
   *
   * @throws RejectedRecordException if it has no value, or no frame
   */
  static int schemaId(byte[] record) throws RejectedRecordException {
    if (record == null || record.length == 0) {
      throw empty();
    }
    if (record[0] != WireFormat.MAGIC) {
      throw new RejectedRecordException(
          RejectReason.NOT_FRAMED,
          "the value begins with the byte 0x%02x, not with a schema registry's 0, and no header names its schema; check the format of the topic"
              .formatted(record[0]));
    }
    if (record.length < WireFormat.HEADER_BYTES) {
      throw new RejectedRecordException(
          RejectReason.MALFORMED,
          "the value's " + record.length + " bytes are too few for a schema's id");
    }
    return WireFormat.schemaId(record);
  }

  /**
   * The frame of a record whose schema a header names.
   *
   * @throws RejectedRecordException if the record has no value, or the header no name of a schema
   */
  static Frame beside(byte[] record, byte[] header) throws RejectedRecordException {
    if (record == null) {
      throw empty();
    }
    try {
      return Frame.of(new RecordHeaders().add(Frame.VALUE_HEADER, header), false, record);
    } catch (WireFormatException e) {
      throw new RejectedRecordException(RejectReason.MALFORMED, e.getMessage());
    }
  }

  private static RejectedRecordException empty() {
    return new RejectedRecordException(RejectReason.EMPTY, "the record has no value");
  }
}
