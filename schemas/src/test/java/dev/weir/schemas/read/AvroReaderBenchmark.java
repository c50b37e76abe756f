package dev.weir.schemas.read;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.serde.WireFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Compares {@link AvroRecordReader} with Avro's own reader, from frames to {@link FieldValues}, in
 * one run and in turn. What counts is the thread's own time on a processor, so that others on the
 * machine change little; that of the garbage collector is not in it.
 *
 * <p>Not a test: speed is not asserted anywhere. Run {@code main} after {@code mvn -pl schemas -am
 * test-compile}; it prints the medians of its rounds, and their ratio.
 */
final class AvroReaderBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int RECORDS = 2_000;
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 400_000_000L;

  private final String name;
  private final Schema schema;
  private final byte[][] frames = new byte[RECORDS][];
  private final FieldValues fields;
  private final AvroRecordReader compiled;
  private final GenericDatumReader<GenericRecord> generic;
  private final int[] positions;
  private GenericRecord reused;
  private BinaryDecoder decoder;
  private double sum;

  private AvroReaderBenchmark(String name, Schema schema, List<String> wanted) {
    this.name = name;
    this.schema = schema;
    MockSchemaRegistry registry = MockSchemaRegistry.ofScope("benchmark");
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      frames[i] = AvroBytes.framed(registry, schema, datum(random));
    }
    fields = new FieldValues(wanted.size());
    compiled = new AvroRecordReader(registry, wanted.stream().map(FieldPath::parse).toList());
    generic = new GenericDatumReader<>(schema);
    positions = wanted.stream().mapToInt(field -> schema.getField(field).pos()).toArray();
  }

  public static void main(String[] arguments) throws IOException, RejectedRecordException {
    new AvroReaderBenchmark("38 of 38 floats", floats(38), names(38, 1)).run();
    new AvroReaderBenchmark("38 of 38 optional doubles", optionals(38), names(38, 1)).run();
    new AvroReaderBenchmark("8 of 100 fields, mixed", mixed(), names(96, 12)).run();
  }

  private void run() throws IOException, RejectedRecordException {
    double[][] nanos = new double[3][ROUNDS];
    for (int round = -5; round < ROUNDS; round++) {
      for (int contender = 0; contender < nanos.length; contender++) {
        double taken = time(contender);
        if (round >= 0) {
          nanos[contender][round] = taken;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-28s compiled %.0f ns, GenericDatumReader %.0f ns (%.1f times), with its record reused"
            + " %.0f ns (%.1f times)%n",
        name,
        median(nanos[0]),
        median(nanos[1]),
        median(nanos[1]) / median(nanos[0]),
        median(nanos[2]),
        median(nanos[2]) / median(nanos[0]));
    if (Double.isInfinite(sum)) {
      System.out.println(sum); // never so; keeps what was read from being optimised away
    }
  }

  private double time(int contender) throws IOException, RejectedRecordException {
    long begin = THREADS.getCurrentThreadCpuTime();
    long records = 0;
    while (THREADS.getCurrentThreadCpuTime() - begin < ROUND_NANOS) {
      for (byte[] frame : frames) {
        switch (contender) {
          case 0 -> compiled.read(frame, fields);
          case 1 -> readGeneric(frame, null);
          default -> readGeneric(frame, reused);
        }
        sum += fields.number(0) + fields.number(fields.slots() - 1);
      }
      records += frames.length;
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - begin) / records;
  }

  private void readGeneric(byte[] frame, GenericRecord into) throws IOException {
    fields.clear();
    decoder =
        DecoderFactory.get()
            .binaryDecoder(
                frame, WireFormat.HEADER_BYTES, frame.length - WireFormat.HEADER_BYTES, decoder);
    reused = generic.read(into, decoder);
    for (int slot = 0; slot < positions.length; slot++) {
      if (reused.get(positions[slot]) instanceof Number number) {
        fields.setNumber(slot, number.doubleValue());
      } else {
        fields.setNull(slot);
      }
    }
  }

  private Object datum(Random random) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field.schema(), random));
    }
    return record;
  }

  private static Object value(Schema type, Random random) {
    return switch (type.getType()) {
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case LONG -> random.nextLong() >>> random.nextInt(60);
      case STRING -> "host-" + random.nextInt(1000);
      default -> random.nextInt(10) == 0 ? null : random.nextDouble();
    };
  }

  private static Schema floats(int count) {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Floats").fields();
    for (int i = 0; i < count; i++) {
      fields = fields.requiredFloat("f" + i);
    }
    return fields.endRecord();
  }

  private static Schema optionals(int count) {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Optionals").fields();
    for (int i = 0; i < count; i++) {
      fields = fields.optionalDouble("f" + i);
    }
    return fields.endRecord();
  }

  /** Doubles, longs, text and optional doubles in turn; every fourth field is a double. */
  private static Schema mixed() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("Mixed").fields();
    for (int i = 0; i < 100; i += 4) {
      fields =
          fields
              .requiredDouble("f" + i)
              .requiredLong("f" + (i + 1))
              .requiredString("f" + (i + 2))
              .optionalDouble("f" + (i + 3));
    }
    return fields.endRecord();
  }

  private static List<String> names(int count, int step) {
    return IntStream.range(0, count).filter(i -> i % step == 0).mapToObj(i -> "f" + i).toList();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
