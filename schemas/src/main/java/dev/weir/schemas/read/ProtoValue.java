package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;

/**
 * Reads one wanted field out of messages.
 *
 * <p>It may be written several times in a message: of scalars the last one counts, messages are
 * merged, lists grow. So it remembers what it has seen since {@link #begin}.
 */
interface ProtoValue {

  /** Makes ready for another message, of which nothing is read yet. */
  void begin(FieldValues out);

  /** Whether the field may be written so; if not, it is passed over like an unknown one. */
  boolean accepts(int wireType);

  /**
   * Reads an occurrence of the field.
   *
   * @param tag its number and wire type, which were just read; the wire type alone for an item of a
   *     packed list
   */
  void read(ProtoCursor in, int tag, FieldValues out) throws RejectedRecordException;
}
