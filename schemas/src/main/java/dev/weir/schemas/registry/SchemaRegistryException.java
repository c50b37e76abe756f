package dev.weir.schemas.registry;

/**
 * Says that a schema registry refused a request, or gave no usable answer.
 *
 * <p>The message names the subject or id, the URL, the status and the registry's own error code and
 * words, and what to do. It never holds credentials.
 */
public final class SchemaRegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a caller can make of the failure. */
  public enum Kind {
    /** The registry answered that it has no such subject, version, schema or id. */
    NOT_FOUND,
    /** The subject's compatibility rules forbid the schema. */
    INCOMPATIBLE,
    /**
     * The schema is not valid, not of the type that is needed, or refers to what is not at hand.
     */
    UNUSABLE,
    /** The credentials are missing, wrong, or not enough. */
    UNAUTHORIZED,
    /** No registry answered, or none could work just now; the same request may succeed later. */
    UNAVAILABLE,
    /** Something answered that does not behave like a schema registry. */
    UNEXPECTED
  }

  private final Kind kind;
  private final int status;
  private final int errorCode;

  SchemaRegistryException(Kind kind, int status, int errorCode, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.errorCode = errorCode;
  }

  SchemaRegistryException(Kind kind, int status, int errorCode, String message) {
    this(kind, status, errorCode, message, null);
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status of the answer, 0 if there was none. */
  public int status() {
    return status;
  }

  /** The registry's own error code, for example 40403, 0 if it gave none. */
  public int errorCode() {
    return errorCode;
  }
}
