/** How long it takes from a record to its alert, under a load that does not wait. */
package dev.weir.benchmarks.latency;
