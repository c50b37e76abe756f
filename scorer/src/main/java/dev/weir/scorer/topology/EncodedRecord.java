package dev.weir.scorer.topology;

/**
 * A record as the model sees it.
 *
 * @param row float32 {@code [d]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one processor to the next, never kept
record EncodedRecord(float[] row) {}
