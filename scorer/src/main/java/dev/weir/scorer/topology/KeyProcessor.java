package dev.weir.scorer.topology;

import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.Frame;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records the value of a field as their key.
 *
 * <p>A record that cannot be read, or lacks the field, is sent on with the key that it has, or with
 * an empty one: whoever reads it next rejects it.
 */
final class KeyProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(KeyProcessor.class);

  private static final byte[] NO_KEY = {};

  private final RecordReader reader;
  private final FieldValues field = new FieldValues(1);
  private ProcessorContext<byte[], byte[]> context;

  /** With a reader of that field alone. */
  KeyProcessor(RecordReader reader) {
    this.reader = reader;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    String key = record.value() == null ? null : key(record);
    Origin origin =
        new Origin(place.topic(), place.partition(), place.offset(), record.key(), key != null);
    context.forward(
        record
            .withKey(key == null ? own(record) : key.getBytes(StandardCharsets.UTF_8))
            .withHeaders(origin.addedTo(record.headers())));
  }

  /** Kafka Streams drops records without a key on their way through its own topic, in silence. */
  private static byte[] own(Record<byte[], byte[]> record) {
    return record.key() == null ? NO_KEY : record.key();
  }

  private String key(Record<byte[], byte[]> record) {
    try {
      reader.read(record.value(), Frame.valueSchema(record.headers()), field);
    } catch (RejectedRecordException e) {
      log.trace("its field cannot be read; it is sent on to be rejected", e);
      return null;
    }
    return Vocabulary.text(field, 0);
  }
}
