package dev.weir.cli.alerts;

import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.AvroDeserializer;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads records of an alerts topic. One that is no alert is told of and left out; the first is
 * usually that of a wrong topic.
 */
public final class AlertDecoder {
  private final AvroDeserializer<Alert> deserializer;
  private final Consumer<String> complaints;
  private long unreadable;

  /**
   * A decoder.
   *
   * @param complaints takes what to say of the first record that is no alert
   */
  public AlertDecoder(SchemaRegistry registry, Consumer<String> complaints) {
    deserializer = new AvroDeserializer<>(registry, Alert.class);
    this.complaints = complaints;
  }

  /**
   * The alert that a record is.
   *
   * @throws SchemaRegistryException if the registry cannot be asked
   */
  public Optional<Alert> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          deserializer.deserialize(record.topic(), record.headers(), record.value()));
    } catch (SerializationException e) {
      if (unreadable++ == 0) {
        complaints.accept(
            "the record at offset "
                + record.offset()
                + " of "
                + record.topic()
                + "-"
                + record.partition()
                + " is no alert of Weir's, and left out: "
                + e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** How many records were no alerts. */
  public long unreadable() {
    return unreadable;
  }
}
