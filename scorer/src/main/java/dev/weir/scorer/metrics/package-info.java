/**
 * What the scorer tells Prometheus: decorators and listeners around the parts, none inside them.
 */
package dev.weir.scorer.metrics;
