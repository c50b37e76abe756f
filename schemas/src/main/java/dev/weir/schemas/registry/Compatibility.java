package dev.weir.schemas.registry;

/** Which earlier versions of a subject a new one must fit, and in which direction. */
public enum Compatibility {
  /** Anything goes. */
  NONE,
  /** The new schema reads what the latest one wrote: readers are updated first. */
  BACKWARD,
  /** The new schema reads what every earlier one wrote. */
  BACKWARD_TRANSITIVE,
  /** The latest schema reads what the new one writes: writers are updated first. */
  FORWARD,
  /** Every earlier schema reads what the new one writes. */
  FORWARD_TRANSITIVE,
  /** {@link #BACKWARD} and {@link #FORWARD}. */
  FULL,
  /** {@link #BACKWARD_TRANSITIVE} and {@link #FORWARD_TRANSITIVE}. */
  FULL_TRANSITIVE;

  boolean backward() {
    return this == BACKWARD || this == BACKWARD_TRANSITIVE || full();
  }

  boolean forward() {
    return this == FORWARD || this == FORWARD_TRANSITIVE || full();
  }

  boolean transitive() {
    return name().endsWith("_TRANSITIVE");
  }

  private boolean full() {
    return this == FULL || this == FULL_TRANSITIVE;
  }
}
