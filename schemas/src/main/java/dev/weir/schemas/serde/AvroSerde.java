package dev.weir.schemas.serde;

import dev.weir.schemas.registry.SchemaRegistry;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;

/**
 * An {@link AvroSerializer} and an {@link AvroDeserializer} in one, for Kafka Streams ({@code
 * default.value.serde} may name this class).
 *
 * <p>Like these, a serde is for one thread at a time. As a default serde Kafka Streams makes one
 * for each task; an instance that is handed to a topology's source or sink is shared by all of
 * them, and must not be of this class if there are several threads.
 *
 * @param <T> the records; generic ones unless {@code specific.avro.reader} or a class says
 *     otherwise
 */
public final class AvroSerde<T extends IndexedRecord> extends Serdes.WrapperSerde<T> {

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerde() {
    super(new AvroSerializer<>(), new AvroDeserializer<>());
  }

  /**
   * Ready for values in generic records, with default settings; {@link #configure} may change
   * these, but not the registry, which the caller closes.
   */
  public AvroSerde(SchemaRegistry registry) {
    super(new AvroSerializer<>(registry), new AvroDeserializer<>(registry));
  }

  /** Ready for values of one generated class; otherwise as {@link #AvroSerde(SchemaRegistry)}. */
  public AvroSerde(SchemaRegistry registry, Class<T> type) {
    super(new AvroSerializer<>(registry), new AvroDeserializer<>(registry, type));
  }

  /** A serde of generic records, ready for values. */
  public static AvroSerde<GenericRecord> generic(SchemaRegistry registry) {
    return new AvroSerde<>(registry);
  }

  /** A serde of one generated class, ready for values. */
  public static <T extends SpecificRecord> AvroSerde<T> specific(
      SchemaRegistry registry, Class<T> type) {
    return new AvroSerde<>(registry, type);
  }
}
