/** How fast the scorer is on a stream, beside the same topology without a model and others. */
package dev.weir.benchmarks.stream;
