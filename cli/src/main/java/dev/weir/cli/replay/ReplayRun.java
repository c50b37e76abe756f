package dev.weir.cli.replay;

import dev.weir.cli.alerts.AlertDecoder;
import dev.weir.cli.topic.Cluster;
import dev.weir.cli.topic.Edge;
import dev.weir.cli.topic.TopicRange;
import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.inference.ModelHost;
import dev.weir.scorer.topology.BundleCheck;
import dev.weir.scorer.topology.Pipeline;
import dev.weir.scorer.topology.Replay;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Scores a range of a topic with a model, and finds the published alerts on the same records.
 *
 * <p>Reads only: no group, no offsets, no topics of its own. Holds the alarms of both sides, the
 * state of the range's keys, and a few thousand records.
 */
public final class ReplayRun {
  /** A hundred megabytes or two of them on each side. */
  private static final int MOST_ALARMS = 500_000;

  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final ScorerConfig config;
  private final PipelineConfig pipeline;
  private final List<String> topics;
  private final ReplayProgress progress;
  private final PrintWriter complaints;
  private volatile TopicRange reading;
  private volatile boolean stopped;

  /**
   * A run that has not begun.
   *
   * @param pipeline how records are read and when there is an alert; its model is the one to try
   * @param topics to read
   * @param complaints takes the progress, and what is wrong with single records
   */
  public ReplayRun(
      Cluster cluster,
      ScorerConfig config,
      PipelineConfig pipeline,
      List<String> topics,
      PrintWriter complaints) {
    this.cluster = cluster;
    this.config = config;
    this.pipeline = pipeline;
    this.topics = topics;
    this.complaints = complaints;
    progress = new ReplayProgress(complaints, PROGRESS);
  }

  /** Ends it soon, from any thread; there is no result then. */
  public void stop() {
    stopped = true;
    TopicRange now = reading;
    if (now != null) {
      now.stop();
    }
  }

  /** Runs; empty if it was stopped. */
  public Optional<ReplayReport> run(Edge from, Edge to) {
    AlarmSet candidate = new AlarmSet("candidate", MOST_ALARMS);
    AlarmSet published = new AlarmSet("published", MOST_ALARMS);
    ReplayTally tally = new ReplayTally();
    try (SchemaRegistry registry = SchemaRegistries.open(cluster.registry());
        ModelHost model =
            ModelHost.open(
                Path.of(pipeline.model().path()),
                pipeline.model().device(),
                new BundleCheck(pipeline));
        TopicRange range = TopicRange.open(cluster, topics, from, to)) {
      Manifest manifest = model.manifest();
      Span span = score(range, registry, model, tally, candidate);
      if (!stopped) {
        readPublished(range, registry, published);
      }
      return stopped
          ? Optional.empty()
          : Optional.of(
              new ReplayReport(
                  manifest,
                  pipeline,
                  topics,
                  span.from,
                  span.to,
                  tally,
                  Difference.of(published, candidate)));
    }
  }

  /** From the oldest record to the newest. */
  private static final class Span {
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
  }

  private Span score(
      TopicRange range,
      SchemaRegistry registry,
      ModelHost model,
      ReplayTally tally,
      AlarmSet candidate) {
    Span span = new Span();
    reading = range;
    // The clock may have been behind the range: what is at its end is not from the future.
    long clock = Math.max(System.currentTimeMillis(), range.newestTime());
    try (Replay replay =
        new Replay(config, new Pipeline(pipeline, model, tally), registry, clock, candidate::add)) {
      Optional<ConsumerRecord<byte[], byte[]>> next = range.next();
      while (next.isPresent() && !stopped) {
        replay.add(next.get());
        span.from = Math.min(span.from, next.get().timestamp());
        span.to = Math.max(span.to, next.get().timestamp());
        progress.look("scoring", range);
        next = range.next();
      }
      replay.finish();
    }
    return span;
  }

  private void readPublished(TopicRange range, SchemaRegistry registry, AlarmSet published) {
    AlertDecoder decoder = new AlertDecoder(registry, what -> complaints.println("weir: " + what));
    try (TopicRange alerts =
        TopicRange.open(
            cluster, List.of(pipeline.alertsTopic()), new Edge.Earliest(), new Edge.Latest())) {
      reading = alerts;
      Optional<ConsumerRecord<byte[], byte[]>> next = alerts.next();
      while (next.isPresent() && !stopped) {
        decoder.read(next.get()).filter(alert -> isOf(range, alert)).ifPresent(published::add);
        progress.look("reading alerts", alerts);
        next = alerts.next();
      }
    }
  }

  private static boolean isOf(TopicRange range, Alert alert) {
    // Drift is of the model that was trained, not of a record.
    return alert.getKind() != AlertKind.DRIFT
        && range.contains(
            alert.getSourceTopic(), alert.getSourcePartition(), alert.getSourceOffset());
  }
}
