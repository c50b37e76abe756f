package dev.weir.model.record;

/**
 * Reads the fields that somebody asked for out of a record's bytes.
 *
 * <p>Made for a list of paths, whose order gives the slots. Implementations keep buffers, so one
 * instance serves one thread.
 */
public interface RecordReader {

  /**
   * Reads a record into {@code fields}, after clearing it.
   *
   * @param bytes the record's value as it is in Kafka; null for a tombstone
   * @param schemaId the value of the header that names the record's schema, null if there is none;
   *     formats without schemas pass it over
   * @throws RejectedRecordException if the bytes are not a record of this format
   */
  void read(byte[] bytes, byte[] schemaId, FieldValues fields) throws RejectedRecordException;

  /** Reads a record that has no such header. */
  default void read(byte[] bytes, FieldValues fields) throws RejectedRecordException {
    read(bytes, null, fields);
  }
}
