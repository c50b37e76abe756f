/** How well each family of models detects, under fixed protocols. */
package dev.weir.benchmarks.quality;
