package dev.weir.scorer.topology;

import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.BatchConfig;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ScoredBatch;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Collects rows into micro-batches and forwards a verdict for each.
 *
 * <p>A batch is scored when it is full, when its oldest row has waited for {@code maxWait}, and
 * before every commit, so that a commit never covers a record whose verdict is still held back.
 */
final class ScoringProcessor implements Processor<byte[], EncodedRecord, byte[], Verdict> {
  private final Supplier<AnomalyModel> scorers;
  private final VerdictMaker verdicts;
  private final BatchConfig config;
  private final ScoringListener listener;
  private AnomalyModel model;
  private MicroBatch<Pending> batch;
  private ProcessorContext<byte[], Verdict> context;
  private CommitBoundary boundary;

  ScoringProcessor(
      Supplier<AnomalyModel> scorers,
      VerdictMaker verdicts,
      BatchConfig config,
      ScoringListener listener) {
    this.scorers = scorers;
    this.verdicts = verdicts;
    this.config = config;
    this.listener = listener;
  }

  /**
   * Takes a scorer and begins with an empty batch.
   *
   * <p>Not done in the constructor, since Kafka Streams makes processors that it never starts, and
   * starts one anew after it has closed it, when a task is suspended or revived: its uncommitted
   * records come again then, and what the batch still held of them must be gone.
   */
  @Override
  public void init(ProcessorContext<byte[], Verdict> context) {
    this.context = context;
    model = scorers.get();
    batch = new MicroBatch<>(model, config.maxRows());
    boundary = context.getStateStore(Names.COMMIT_BOUNDARY);
    boundary.attach(context, this::flush);
    context.schedule(config.maxWait(), PunctuationType.WALL_CLOCK_TIME, timestamp -> flush());
  }

  @Override
  public void process(Record<byte[], EncodedRecord> record) {
    batch.add(new Pending(record, boundary.origin()), record.value().row(), System.nanoTime());
    if (batch.isFull()) {
      flush();
    }
  }

  private void flush() {
    int rows = batch.size();
    if (rows == 0) {
      return;
    }
    long waited = batch.oldestWaitedNanos(System.nanoTime());
    CommitBoundary.Origin current = boundary.origin();
    try {
      batch.drain(this::forward);
    } finally {
      boundary.restore(current);
    }
    listener.flushed(rows, waited);
  }

  private void forward(Pending pending, ScoredBatch scored, FeatureBatch rows, int row) {
    boundary.restore(pending.origin());
    Verdict verdict = verdicts.of(scored, rows, row);
    listener.scored(
        verdict.score(),
        verdict.probability(),
        context.currentSystemTimeMs() - pending.record().timestamp());
    context.forward(pending.record().withValue(verdict));
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }

  /** A record whose row is in the batch, and where it came from. */
  private record Pending(Record<byte[], EncodedRecord> record, CommitBoundary.Origin origin) {}
}
