/** What scoring costs as the work grows, by which law, and what bounds it. */
package dev.weir.benchmarks.scaling;
