package dev.weir.benchmarks.jmh;

import dev.weir.benchmarks.made.HostRecords;
import dev.weir.model.calibration.Calibration;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroSerializer;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ModelHost;
import dev.weir.scorer.inference.ScoredBatch;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What happens to a score; an operation is a record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AlertBenchmark {
  private static final int SCORES = 1024;
  private static final String TOPIC = "hosts";
  private static final String PIPELINE = "jmh";

  private ModelHost host;
  private AnomalyModel model;
  private SchemaRegistry registry;
  private AvroSerializer<Alert> serializer;
  private FeatureBatch rows;
  private ScoredBatch scored;
  private VerdictMaker verdicts;
  private AlertPolicy policy;
  private AlertMaker maker;
  private Calibration calibration;
  private double[] scores;
  private int next;

  @Setup
  public void open() {
    host = BenchmarkBundle.open();
    model = host.newScorer();
    registry = SchemaRegistries.open(Map.of("schema.registry.url", "mock://jmh"));
    serializer = new AvroSerializer<>(registry);
    rows =
        BenchmarkBundle.batch(HostRecords.anomalous(host.manifest().features().width(), 1, 3), 1);
    scored = model.score(rows);
    verdicts = new VerdictMaker(host.manifest(), AlertConfig.DEFAULT);
    policy = new AlertPolicy(PIPELINE, AlertConfig.DEFAULT);
    maker = new AlertMaker(PIPELINE);
    calibration = host.manifest().calibration();
    // As likely as those of normal records.
    scores =
        new SplittableRandom(1)
            .doubles(SCORES, 1e-6, 1)
            .map(probability -> calibration.scoreAt(probability))
            .toArray();
  }

  @TearDown
  public void close() {
    scored.close();
    model.close();
    serializer.close();
    registry.close();
    host.close();
  }

  /** The probability that a normal record scores at least as high. */
  @Benchmark
  public double calibrate() {
    next = (next + 1) % SCORES;
    return calibration.exceedance(scores[next]);
  }

  /** The verdict on an anomalous row, which names features, and the alert of it as bytes. */
  @Benchmark
  public byte[] alert() {
    Verdict verdict = verdicts.of(scored, rows, 0, false);
    RecordSource source = new RecordSource(TOPIC, 0, next++, "host-1", 1_700_000_000_000L);
    Notice notice = policy.onRecord(source, verdict).get(0);
    Alert alert = maker.alert(notice, verdicts.model(), Instant.ofEpochMilli(1_700_000_000_000L));
    return serializer.serialize(TOPIC + "-alerts", alert);
  }
}
