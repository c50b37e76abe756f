package dev.weir.trainer.preprocessing;

/**
 * The columns of one categorical feature, which a network sees as a trained vector.
 *
 * @param first the place of the first of them among all columns
 * @param size how many there are: one for each category, and one for the others
 * @param dimensions of the vector; fewer than {@code size}
 */
public record Embedding(int first, int size, int dimensions) {}
