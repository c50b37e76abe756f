package dev.weir.scorer.topology;

import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives records the value of a field as their key.
 *
 * <p>A record that cannot be read, or lacks the field, is sent on with the key that it has, or with
 * an empty one: whoever reads it next rejects it. One that Kafka would not take with the new key
 * and what is said of its origin goes to the dead-letter topic at once.
 */
final class KeyProcessor implements Processor<byte[], Pack, byte[], Pack> {
  private static final Logger log = LoggerFactory.getLogger(KeyProcessor.class);

  private static final byte[] NO_KEY = {};

  private final RecordReader reader;
  private final FieldValues field = new FieldValues(1);
  private final Names names;
  private final SizeLimit limit;
  private final DeadLetters deadLetters;
  private ProcessorContext<byte[], Pack> context;

  /**
   * A processor for one task.
   *
   * @param reader of that field alone
   * @param limit of what is sent on
   */
  KeyProcessor(RecordReader reader, Names names, SizeLimit limit, DeadLetters deadLetters) {
    this.reader = reader;
    this.names = names;
    this.limit = limit;
    this.deadLetters = deadLetters;
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
    byte[] next = key == null ? own(record) : key.getBytes(StandardCharsets.UTF_8);
    Headers headers = origin.addedTo(record.headers());
    if (limit.allows(next, record.value(), headers)) {
      context.forward(
          new Record<>(next, Pack.ofValue(record.value()), record.timeMillis(), headers),
          names.keyedFilter());
      return;
    }
    RecordTooLargeException tooLarge =
        new RecordTooLargeException(
            SizeLimit.size(next, record.value(), headers)
                + " bytes with the key that input.keyField gives it, where "
                + limit.bytes()
                + " may be; raise kafka.max.request.size and the max.message.bytes of the"
                + " application's repartition topic, or send smaller records");
    Record<byte[], Object> letter =
        deadLetters.ofUnpublished(
            record.with(record.value()), origin, Unpublished.TOO_LARGE, tooLarge);
    context.forward(letter.withValue(Pack.ofValue((byte[]) letter.value())), names.keyDeadLetter());
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
