/**
 * Parts of the way of a record, each by itself, under the Java Microbenchmark Harness.
 *
 * @see <a href="https://github.com/openjdk/jmh">JMH</a>
 */
package dev.weir.benchmarks.jmh;
