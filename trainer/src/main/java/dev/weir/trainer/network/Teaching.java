package dev.weir.trainer.network;

/**
 * What a teacher, a model that was trained before, expected of each row of a history; a student is
 * drawn towards it (Hinton et al. 2015).
 *
 * @param expected float32 {@code [rows, d]}, in the features' own units; NaN for rows of which the
 *     teacher said nothing, as it had too few rows of their key before
 * @param width the number of features, {@code d}
 * @param weight of the distance to the teacher in the loss, up to 1; the rest is for the data
 */
@SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
public record Teaching(float[] expected, int width, double weight) {}
