/** What a scorer keeps in Kafka between two records, as far as all of its parts share it. */
package dev.weir.scorer.state;
