package dev.weir.scorer.topology;

/** Says that a record cannot be read, and that nothing shall be done with it but to end. */
public final class RefusedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedRecordException(Origin source, Exception cause) {
    super(
        "the record in topic "
            + source.topic()
            + ", partition "
            + source.partition()
            + ", offset "
            + source.offset()
            + " cannot be read ("
            + cause.getMessage()
            + "), and errors.deserialization is 'fail'; with 'dead-letter' it would be put aside",
        cause);
  }
}
