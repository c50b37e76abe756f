/** The way of a record through Kafka Streams: decode, encode, batch, score, route. */
package dev.weir.scorer.topology;
