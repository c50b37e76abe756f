/** The scorer in a process of its own, and what it says of itself. */
package dev.weir.benchmarks.process;
