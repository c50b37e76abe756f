package dev.weir.trainer.preprocessing;

/**
 * One number that a network sees: made from one feature by its role, then centred and divided.
 *
 * @param feature its place among the features
 * @param role how the feature's number becomes this one
 * @param category for {@link Role#CATEGORY}: the place in the vocabulary, 0 for what is not in it
 * @param centre what is taken away
 * @param scale what the rest is divided by; above zero
 */
public record InputColumn(int feature, Role role, int category, float centre, float scale) {

  /** How a feature's number becomes a column's. Columns stand in the order of their roles. */
  public enum Role {
    /** As it is. */
    NUMBER,
    /** {@code log(1 + max(x, 0))}. */
    LOG1P,
    /** {@code sign(x) · log(1 + |x|)}. */
    SIGNED_LOG,
    /** 1 if it is the column's category, 0 if it is another. */
    CATEGORY,
    /** {@code sin(2π x / period)}. */
    SINE,
    /** {@code cos(2π x / period)}. */
    COSINE,
    /** 1 if the value is missing, 0 if it is there; nothing that a model has to give back. */
    MISSING
  }

  /** Whether a model is asked to give it back. */
  public boolean isTarget() {
    return role != Role.MISSING;
  }
}
