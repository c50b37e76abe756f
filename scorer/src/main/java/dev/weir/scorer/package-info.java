/** The Kafka Streams application that scores records and raises alerts. */
package dev.weir.scorer;
