/** Where history comes from: CSV files and Kafka topics, encoded row by row as they are read. */
package dev.weir.trainer.source;
