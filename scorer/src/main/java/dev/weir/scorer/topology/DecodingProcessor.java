package dev.weir.scorer.topology;

import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.Frame;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads a record's bytes and encodes its features.
 *
 * <p>A registry that cannot be asked for a schema fails the task, which reads the record again; no
 * record is lost by that. What cannot be read or encoded goes to the dead-letter topic, with its
 * original bytes and the reason.
 */
final class DecodingProcessor implements Processor<byte[], byte[], byte[], Object> {
  private final RecordReader reader;
  private final FeatureEncoder encoder;
  private final FieldValues fields;
  private final DeadLetters deadLetters;
  private ProcessorContext<byte[], Object> context;

  DecodingProcessor(RecordReader reader, FeatureEncoder encoder, DeadLetters deadLetters) {
    this.reader = reader;
    this.encoder = encoder;
    this.deadLetters = deadLetters;
    fields = new FieldValues(encoder.spec().fields().size());
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    float[] row = new float[encoder.spec().width()];
    try {
      reader.read(record.value(), schemaId(record.headers()), fields);
      encoder.encode(fields, row, 0);
    } catch (RejectedRecordException e) {
      context.forward(
          deadLetters.of(record, context.recordMetadata().orElseThrow(), e), Names.DEAD_LETTER);
      return;
    }
    context.forward(record.withValue(new EncodedRecord(row)), Names.SCORE);
  }

  private static byte[] schemaId(Headers headers) {
    Header header = headers.lastHeader(Frame.VALUE_HEADER);
    return header == null ? null : header.value();
  }
}
