/** From scores to probabilities: how often normal records score so high. */
package dev.weir.model.calibration;
