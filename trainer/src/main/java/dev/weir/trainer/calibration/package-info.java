/** Fits the distribution of normal scores: an empirical body with a generalised Pareto tail. */
package dev.weir.trainer.calibration;
