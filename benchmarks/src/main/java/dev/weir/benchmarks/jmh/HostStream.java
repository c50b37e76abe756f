package dev.weir.benchmarks.jmh;

import dev.weir.benchmarks.made.HostRecords;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.inference.FeatureBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records that come one after the other, again and again, and what the scorer reads them with: its
 * reader, its encoder and its batch. Not thread-safe.
 */
final class HostStream implements AutoCloseable {
  private static final String TOPIC = "hosts";
  private static final int DIFFERENT_ROWS = 2000;
  private static final int BATCH_ROWS = 512;

  private final SchemaRegistry registry;
  private final List<byte[]> values;
  private final RecordReader reader;
  private final FeatureEncoder encoder;
  private final FieldValues fields;
  private final float[] row;
  private final FeatureBatch batch;
  private int next;

  /**
   * Makes records up.
   *
   * @param format AVRO or JSON
   * @param features float fields of each
   */
  HostStream(RecordFormat format, int features) {
    registry = SchemaRegistries.open(Map.of("schema.registry.url", "mock://jmh"));
    HostRecords records = new HostRecords(features, DIFFERENT_ROWS, 1);
    values =
        switch (format) {
          case AVRO -> records.framedAvro(TOPIC, registry);
          case JSON ->
              IntStream.range(0, records.count()).mapToObj(i -> json(records.row(i))).toList();
          default -> throw new IllegalArgumentException("no records are made up in " + format);
        };
    FeatureSpec spec =
        FeatureSpec.numeric(IntStream.range(0, features).mapToObj(j -> "f" + j).toList());
    encoder = new FeatureEncoder(spec);
    reader = format.reader(encoder.spec().fields(), registry);
    fields = new FieldValues(encoder.spec().fields().size());
    row = new float[spec.width()];
    batch = new FeatureBatch(BATCH_ROWS, spec.width());
  }

  private static byte[] json(float[] row) {
    return IntStream.range(0, row.length)
        .mapToObj(j -> String.format(Locale.ROOT, "\"f%d\":%.4f", j, row[j]))
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes of the next record. */
  byte[] next() {
    next = next + 1 == values.size() ? 0 : next + 1;
    return values.get(next);
  }

  /** Reads a record's fields. */
  FieldValues read(byte[] value) throws RejectedRecordException {
    reader.read(value, null, fields);
    return fields;
  }

  /** Makes a row of the fields that were read last. */
  float[] encode() throws RejectedRecordException {
    encoder.encode(fields, row, 0);
    return row;
  }

  /** Appends the row that was made last to the batch, which begins anew when it is full. */
  FeatureBatch fill() {
    if (batch.isFull()) {
      batch.clear();
    }
    batch.add(row);
    return batch;
  }

  /** The mean length of a record in bytes, its frame included. */
  double bytesPerRecord() {
    return values.stream().mapToInt(value -> value.length).average().orElseThrow();
  }

  @Override
  public void close() {
    registry.close();
  }
}
