package dev.weir.scorer.topology;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;

/** Writes nothing. */
public final class FailingSerde extends Serdes.WrapperSerde<SpecificRecord> {
  /** As Kafka makes it. */
  public FailingSerde() {
    super(
        (topic, value) -> {
          throw new IllegalArgumentException("cannot write it");
        },
        (topic, bytes) -> null);
  }
}
