/** How fast the trainer trains, beside another library in the same run. */
package dev.weir.benchmarks.training;
