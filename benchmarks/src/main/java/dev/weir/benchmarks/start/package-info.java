/** How long Weir takes to start, as a user starts it. */
package dev.weir.benchmarks.start;
