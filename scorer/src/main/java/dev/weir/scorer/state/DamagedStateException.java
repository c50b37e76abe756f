package dev.weir.scorer.state;

/**
 * Says that bytes which the scorer keeps for itself, in a store or in a topic of its own, are not
 * what it wrote there.
 *
 * <p>That is no outage: they are the same at each try. What begins anew without them is begun anew
 * by whoever reads them; where a record would be lost, the process ends with this message.
 */
public final class DamagedStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Of bytes that cannot be read.
   *
   * @param what they should be, as the beginning of a sentence
   */
  public DamagedStateException(String what, Throwable cause) {
    super(message(what, String.valueOf(cause.getMessage())), cause);
  }

  /** Of bytes that can be read, and make no sense. */
  public DamagedStateException(String what, String problem) {
    super(message(what, problem));
  }

  private static String message(String what, String problem) {
    return what
        + " is damaged, or was written by another program or a later Weir ("
        + problem
        + "). It will not heal by itself: go back to the Weir that wrote it, or reset what this"
        + " application keeps (docs/operation.md, 'When what is kept is damaged')";
  }
}
