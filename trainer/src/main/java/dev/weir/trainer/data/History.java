package dev.weir.trainer.data;

import dev.weir.model.feature.FeatureSpec;

/**
 * What a model learns from.
 *
 * @param features what the columns are
 * @param rows the encoded records, oldest first
 * @param rejected records that were read, but could not be encoded
 * @param origin where it came from, for messages and the report
 */
public record History(FeatureSpec features, Rows rows, long rejected, String origin) {}
