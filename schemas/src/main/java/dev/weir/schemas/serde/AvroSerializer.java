package dev.weir.schemas.serde;

import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes Avro records, generic or specific, in the {@link WireFormat}.
 *
 * <p>A schema is registered (or looked up, with {@code auto.register.schemas=false}) when its first
 * record comes to a topic; later records cost no request. With {@code use.latest.version=true} the
 * subject's latest schema at that time is the one that this serializer writes with until it is made
 * anew; records of another schema are resolved to it, by Avro's rules. Like every Kafka serializer
 * it is for one thread at a time: it writes into one buffer that it keeps.
 *
 * @param <T> the records: {@link SpecificRecord} or {@link org.apache.avro.generic.GenericRecord}
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
  private final Map<String, Map<Schema, Target<T>>> targets = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private BinaryEncoder encoder;
  private SchemaRegistry registry;
  private boolean ownsRegistry;
  private SerdeConfig config = SerdeConfig.VALUES;

  /** Where the records of a schema go: its id, and how they are written. */
  private record Target<T>(int id, DatumWriter<T> writer) {}

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {}

  /**
   * Ready for values with default settings; {@link #configure} may change these, but not the
   * registry, which the caller closes.
   */
  public AvroSerializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * Reads {@code auto.register.schemas}, {@code use.latest.version}, {@code
   * latest.compatibility.strict} and the subject name strategy and, unless a registry was given,
   * what {@link SchemaRegistries#open} reads.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a key is wrong; the message names it
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    config = SerdeConfig.from(configs, isKey);
    targets.clear();
    if (registry == null) {
      registry = SchemaRegistries.open(configs);
      ownsRegistry = true;
    }
  }

  /**
   * The record's frame; null, a tombstone, stays null.
   *
   * @throws SerializationException if the record does not fit its own schema
   * @throws SchemaRegistryException if the registry refuses the schema or does not answer
   */
  @Override
  public byte[] serialize(String topic, T data) {
    if (data == null) {
      return null;
    }
    Target<T> target = target(topic, data);
    out.reset();
    WireFormat.writeHeader(out, target.id());
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    try {
      target.writer().write(data, encoder);
      encoder.flush();
    } catch (IOException | RuntimeException e) {
      // It may hold half a record, which it would put before the next one.
      encoder = null;
      throw new SerializationException(
          "cannot write a record for topic %s: it does not fit its schema %s: %s"
              .formatted(topic, data.getSchema().getFullName(), e.getMessage()),
          e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    if (ownsRegistry) {
      registry.close();
    }
  }

  private Target<T> target(String topic, T data) {
    if (registry == null) {
      throw new IllegalStateException(
          "no schema registry: call configure, or use the constructor that takes a registry");
    }
    Map<Schema, Target<T>> ofTopic = targets.computeIfAbsent(topic, t -> new HashMap<>());
    Schema schema = data.getSchema();
    Target<T> target = ofTopic.get(schema);
    if (target == null) {
      target = newTarget(topic, data);
      ofTopic.put(schema, target);
    }
    return target;
  }

  private Target<T> newTarget(String topic, T data) {
    Schema schema = data.getSchema();
    Schema published = JavaStringProperty.removedFrom(schema);
    String subject = config.subjects().subject(topic, config.isKey(), schema);
    DatumWriter<T> writer = writer(data);
    return switch (config.registration()) {
      case REGISTER -> new Target<>(registry.register(subject, published), writer);
      case LOOK_UP -> new Target<>(registry.lookUp(subject, published), writer);
      case LATEST -> latest(subject, published, writer, true);
      case LATEST_IF_IT_FITS -> latest(subject, published, writer, false);
    };
  }

  private Target<T> latest(String subject, Schema own, DatumWriter<T> writer, boolean strict) {
    int id = registry.latest(subject).id();
    Schema latest = registry.byId(id);
    if (latest.equals(own)) {
      return new Target<>(id, writer);
    }
    if (strict) {
      var result = SchemaCompatibility.checkReaderWriterCompatibility(latest, own).getResult();
      if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
        throw new SerializationException(
            "cannot write %s with the latest schema of subject %s (id %d): %s. Register a schema that can read it, or set latest.compatibility.strict=false"
                .formatted(own.getFullName(), subject, id, result.getIncompatibilities()));
      }
    }
    return new Target<>(id, new ConvertingWriter<>(writer, own, latest));
  }

  private DatumWriter<T> writer(T data) {
    return data instanceof SpecificRecord
        ? new SpecificDatumWriter<>(data.getSchema(), SpecificData.getForClass(data.getClass()))
        : new GenericDatumWriter<>(data.getSchema());
  }
}
