package dev.weir.scorer.topology;

import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records the value of a field as their key.
 *
 * <p>A record that cannot be read, or lacks the field, is sent on with the key that it has, or with
 * an empty one: whoever reads it next rejects it.
 */
final class KeyProcessor implements Processor<byte[], Pack, byte[], Pack> {
  private static final Logger log = LoggerFactory.getLogger(KeyProcessor.class);

  private static final byte[] NO_KEY = {};

  private final RecordReader reader;
  private final FieldValues field = new FieldValues(1);
  private ProcessorContext<byte[], Pack> context;

  /** With a reader of that field alone. */
  KeyProcessor(RecordReader reader) {
    this.reader = reader;
  }

  @Override
  public void init(ProcessorContext<byte[], Pack> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], Pack> record) {
    Pack pack = record.value();
    if (!pack.hasRecords()) {
      forward(InputRecord.of(record, context.recordMetadata().orElseThrow()));
      return;
    }
    for (int i = 0; i < pack.size(); i++) {
      forward(InputRecord.of(pack, i));
    }
  }

  private void forward(InputRecord record) {
    String key = record.value() == null ? null : key(record);
    Origin origin = key == null ? record.origin().withoutKey() : record.origin();
    context.forward(
        new Record<>(
            key == null ? own(record) : key.getBytes(StandardCharsets.UTF_8),
            Pack.ofValue(record.value()),
            record.timeMillis(),
            origin.addedTo(record.headers())));
  }

  /** Kafka Streams drops records without a key on their way through its own topic, in silence. */
  private static byte[] own(InputRecord record) {
    return record.key() == null ? NO_KEY : record.key();
  }

  private String key(InputRecord record) {
    try {
      reader.read(record.value(), record.schemaHeader(), field);
    } catch (RejectedRecordException e) {
      log.trace("its field cannot be read; it is sent on to be rejected", e);
      return null;
    } catch (RuntimeException e) {
      if (e instanceof KafkaException || ErrorHandlers.isOutage(e)) {
        throw e;
      }
      // Other records of its pack must go on; whoever scores it knows what to do with it.
      log.warn("a record's key field cannot be read; it is sent on to be rejected", e);
      return null;
    }
    return Vocabulary.text(field, 0);
  }
}
