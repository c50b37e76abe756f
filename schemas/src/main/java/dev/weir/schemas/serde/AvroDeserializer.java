package dev.weir.schemas.serde;

import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.WireFormatException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records in the {@link WireFormat}, or with their schema named in a record header (see
 * {@link Frame}), with the schema that they were written with.
 *
 * <p>Without a class it makes generic records of the writer's schema (strings are {@link
 * org.apache.avro.util.Utf8}, logical types are left as they are stored). With one, or with {@code
 * specific.avro.reader=true}, it makes objects of generated classes and resolves the writer's
 * schema to theirs. A schema is fetched once. Like every Kafka deserializer it is for one thread at
 * a time.
 *
 * @param <T> what is read; the caller answers for it unless a class was given
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
  private final Map<SchemaId, DatumReader<T>> readers = new HashMap<>();

  private BinaryDecoder decoder;
  private SchemaRegistry registry;
  private boolean ownsRegistry;
  private DatumReaders<T> kind = DatumReaders.generic();
  private boolean fixedType;
  private SerdeConfig config = SerdeConfig.VALUES;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroDeserializer() {}

  /**
   * Ready to read generic records; {@link #configure} may change that, but not the registry, which
   * the caller closes.
   */
  public AvroDeserializer(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** Ready to read objects of one generated class, whatever {@link #configure} may say. */
  public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
    this.registry = registry;
    this.kind = DatumReaders.specific(type);
    this.fixedType = true;
  }

  /**
   * Reads {@code specific.avro.reader}, {@code key.} or {@code value.schema.id.deserializer} and,
   * unless a registry was given, what {@link SchemaRegistries#open} reads.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a key is wrong; the message names it
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    config = SerdeConfig.from(configs, isKey);
    if (!fixedType) {
      kind = config.specificReader() ? DatumReaders.specificByName() : DatumReaders.generic();
    }
    readers.clear();
    if (registry == null) {
      registry = SchemaRegistries.open(configs);
      ownsRegistry = true;
    }
  }

  /** As with headers, where there are none. */
  @Override
  public T deserialize(String topic, byte[] data) {
    return deserialize(topic, null, data);
  }

  /**
   * The record in the frame; null, a tombstone, stays null.
   *
   * @throws WireFormatException if the record is at fault; {@link WireFormatException#reason()}
   *     says how. After it the next record can be read.
   * @throws SchemaRegistryException if the registry could not be asked: the record may be good
   */
  @Override
  public T deserialize(String topic, Headers headers, byte[] data) {
    if (data == null) {
      return null;
    }
    try {
      return read(
          headers == null || !config.idInHeaders()
              ? Frame.of(data)
              : Frame.of(headers, config.isKey(), data),
          data);
    } catch (WireFormatException e) {
      throw e.at(topic);
    }
  }

  @Override
  public void close() {
    if (ownsRegistry) {
      registry.close();
    }
  }

  private T read(Frame frame, byte[] bytes) {
    SchemaId schema = frame.schema();
    DatumReader<T> reader = reader(schema);
    int length = bytes.length - frame.bodyStart();
    decoder = DecoderFactory.get().binaryDecoder(bytes, frame.bodyStart(), length, decoder);
    try {
      T data = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new WireFormatException(
            Reason.TRAILING_BYTES, "bytes are left after the record of " + schema);
      }
      return data;
    } catch (WireFormatException e) {
      throw e;
    } catch (EOFException e) {
      throw new WireFormatException(
          Reason.TRUNCATED, length + " bytes end before the record of " + schema + " does", e);
    } catch (AvroTypeException e) {
      throw new WireFormatException(
          Reason.SCHEMA_MISMATCH,
          "what " + schema + " writes cannot be read: " + e.getMessage(),
          e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new WireFormatException(
          Reason.MALFORMED, "the bytes are not a record of " + schema + ": " + e, e);
    }
  }

  private DatumReader<T> reader(SchemaId schema) {
    DatumReader<T> reader = readers.get(schema);
    if (reader == null) {
      Schema writer = writer(schema);
      if (writer.getType() != Schema.Type.RECORD) {
        throw new WireFormatException(
            Reason.UNUSABLE_SCHEMA, schema + " is of type " + writer.getType() + ", not RECORD");
      }
      reader = kind.of(writer);
      readers.put(schema, reader);
    }
    return reader;
  }

  private Schema writer(SchemaId schema) {
    if (registry == null) {
      throw new IllegalStateException(
          "no schema registry: call configure, or use a constructor that takes a registry");
    }
    try {
      return schema.avro(registry);
    } catch (SchemaRegistryException e) {
      throw switch (e.kind()) {
        case NOT_FOUND -> new WireFormatException(Reason.UNKNOWN_SCHEMA_ID, e.getMessage(), e);
        case UNUSABLE -> new WireFormatException(Reason.UNUSABLE_SCHEMA, e.getMessage(), e);
        default -> e;
      };
    }
  }
}
