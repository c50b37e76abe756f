/** A Kafka broker inside this JVM, for the demo, the benchmarks and the integration tests. */
package dev.weir.broker;
