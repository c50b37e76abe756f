/** Whether the scorer stays as it is when it runs for long. */
package dev.weir.benchmarks.soak;
