package dev.weir.benchmarks.made;

import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroSerializer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Made-up metrics of a host: float fields {@code f0}, {@code f1}, … that follow a few hidden
 * factors, as those of real hosts do. The same seed gives the same rows. Immutable.
 */
public final class HostRecords {
  private static final int FACTORS = 5;
  private static final double NOISE = 0.1;

  private static final float FAR = 40;

  private final int features;
  private final float[][] rows;

  /**
   * Makes rows up.
   *
   * @param features fields of each
   * @param count how many different ones
   */
  public HostRecords(int features, int count, long seed) {
    this(features, rows(features, count, seed));
  }

  private HostRecords(int features, float[][] rows) {
    this.features = features;
    this.rows = rows;
  }

  /** Rows that no model of the others takes for usual: neighbours go far apart. */
  public static HostRecords anomalous(int features, int count, long seed) {
    float[][] rows = rows(features, count, seed);
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] += j % 2 == 0 ? FAR : -FAR;
      }
    }
    return new HostRecords(features, rows);
  }

  private static float[][] rows(int features, int count, long seed) {
    SplittableRandom weights = new SplittableRandom(0);
    double[][] loadings = new double[features][FACTORS];
    for (double[] each : loadings) {
      for (int k = 0; k < FACTORS; k++) {
        each[k] = weights.nextGaussian();
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = row(random, loadings);
    }
    return rows;
  }

  private static float[] row(SplittableRandom random, double[][] loadings) {
    double[] factors = random.doubles(FACTORS, -1, 1).toArray();
    float[] row = new float[loadings.length];
    for (int j = 0; j < row.length; j++) {
      double value = NOISE * random.nextGaussian();
      for (int k = 0; k < FACTORS; k++) {
        value += loadings[j][k] * factors[k];
      }
      row[j] = (float) (50 + 10 * value);
    }
    return row;
  }

  public int features() {
    return features;
  }

  /** The values of a row, float32 {@code [features]}. */
  public float[] row(int index) {
    return rows[index];
  }

  public int count() {
    return rows.length;
  }

  /** The rows as Avro behind a schema registry's frame. */
  public List<byte[]> framedAvro(String topic, SchemaRegistry registry) {
    Schema schema = schema();
    List<byte[]> values = new ArrayList<>(rows.length);
    try (AvroSerializer<GenericRecord> serializer = new AvroSerializer<>(registry)) {
      for (float[] row : rows) {
        GenericRecord record = new GenericData.Record(schema);
        for (int j = 0; j < features; j++) {
          record.put(j, row[j]);
        }
        values.add(serializer.serialize(topic, record));
      }
    }
    return values;
  }

  private Schema schema() {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record("Host").namespace("dev.weir.benchmarks").fields();
    for (int j = 0; j < features; j++) {
      fields = fields.requiredFloat("f" + j);
    }
    return fields.endRecord();
  }

  /** Writes the rows as CSV with a header, for the trainer. */
  public Path csv(Path file) {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          IntStream.range(0, features).mapToObj(j -> "f" + j).collect(Collectors.joining(",")));
      out.newLine();
      for (float[] row : rows) {
        for (int j = 0; j < features; j++) {
          out.write(j == 0 ? "" : ",");
          out.write(String.format(Locale.ROOT, "%.4f", row[j]));
        }
        out.newLine();
      }
      return file;
    } catch (IOException e) {
      throw new OperationFailedException("cannot write " + file + ": " + e, e);
    }
  }
}
