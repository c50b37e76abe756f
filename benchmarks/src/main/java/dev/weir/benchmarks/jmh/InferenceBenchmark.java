package dev.weir.benchmarks.jmh;

import dev.weir.benchmarks.made.HostRecords;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ModelHost;
import dev.weir.scorer.inference.ScoredBatch;
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

/** A run of the network on a batch, and a look at each score; an operation is a batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InferenceBenchmark {
  /** Rows scored together. */
  @Param({"1", "8", "64", "512", "4096"})
  public int batch;

  private ModelHost host;
  private AnomalyModel model;
  private FeatureBatch rows;

  @Setup
  public void open() {
    host = BenchmarkBundle.open();
    model = host.newScorer();
    rows =
        BenchmarkBundle.batch(new HostRecords(host.manifest().features().width(), 2000, 2), batch);
  }

  @TearDown
  public void close() {
    model.close();
    host.close();
  }

  @Benchmark
  public float infer() {
    try (ScoredBatch scored = model.score(rows)) {
      float sum = 0;
      for (int i = 0; i < batch; i++) {
        sum += scored.score(i);
      }
      return sum;
    }
  }
}
