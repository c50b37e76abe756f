/**
 * How good and how fast Weir is, measured: {@code weir benchmark}. Nothing else uses this module.
 */
package dev.weir.benchmarks;
