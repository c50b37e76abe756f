/** The folder of public data sets: what is in it, and how it is read. */
package dev.weir.benchmarks.data;
