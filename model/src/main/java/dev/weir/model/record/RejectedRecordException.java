package dev.weir.model.record;

/**
 * Says that one record cannot be scored, and why.
 *
 * <p>It carries no stack trace: it is an answer about data, and a topic full of such records must
 * not slow the scorer down. The message has no value of a record in it beyond field names.
 */
public final class RejectedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  public RejectedRecordException(RejectReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }
}
