package dev.weir.benchmarks.jmh;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.scorer.inference.FeatureBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What happens to each record before it is scored; an operation is a record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
  /** Float fields of a record. */
  @Param("38")
  public int features;

  private HostStream avro;
  private HostStream json;

  @Setup
  public void open() throws RejectedRecordException {
    avro = new HostStream(RecordFormat.AVRO, features);
    json = new HostStream(RecordFormat.JSON, features);
    avro.read(avro.next());
    avro.encode();
  }

  @TearDown
  public void close() {
    avro.close();
    json.close();
  }

  /** The fields of a record in Avro. */
  @Benchmark
  public FieldValues readAvro() throws RejectedRecordException {
    return avro.read(avro.next());
  }

  /** The fields of a record in JSON. */
  @Benchmark
  public FieldValues readJson() throws RejectedRecordException {
    return json.read(json.next());
  }

  /** Fields that were read become a row. */
  @Benchmark
  public float[] encode() throws RejectedRecordException {
    return avro.encode();
  }

  /** A row is appended to a batch. */
  @Benchmark
  public FeatureBatch fill() {
    return avro.fill();
  }

  /** All three, of a record in Avro: the hot path up to the model. */
  @Benchmark
  public FeatureBatch readEncodeFill() throws RejectedRecordException {
    avro.read(avro.next());
    avro.encode();
    return avro.fill();
  }
}
