/**
 * From a record's fields to the numbers that a model sees: one encoder for training and serving.
 */
package dev.weir.model.feature;
