package dev.weir.trainer.network;

/**
 * What a teacher would give back of a batch's newest rows.
 *
 * @param values as a network sees them, float32 {@code [n, e]}
 * @param mask float32 {@code [n, e]}: 1 where the teacher said something of a value that is there,
 *     0 elsewhere
 * @param present how many values that is; at least 1
 * @param weight of the distance to it in the loss
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never changed
public record Lesson(float[] values, float[] mask, int present, double weight) {}
