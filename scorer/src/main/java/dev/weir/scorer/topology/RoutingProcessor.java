package dev.weir.scorer.topology;

import dev.weir.schemas.Alert;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.ScoredConfig;
import dev.weir.scorer.config.StateConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what the alert policy makes of verdicts and, if wanted, the score of every record.
 *
 * <p>Serialises what it publishes itself: Kafka Streams shares a sink's serializer among all tasks,
 * and a serializer serves one thread.
 */
final class RoutingProcessor implements Processor<byte[], JudgedRecord, byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(RoutingProcessor.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Names names;
  private final AlertPolicy policy;
  private final AlertMaker alerts;
  private final Supplier<ModelIdentity> model;
  private final String alertsTopic;
  private final Optional<ScoredConfig> scored;
  private final Sample sample;
  private final Optional<String> comparedTopic;
  private final StateConfig state;
  private final Serializer<SpecificRecord> serializer;
  private final ScoringListener listener;
  private ProcessorContext<byte[], byte[]> context;
  private WatchedKeys keys;
  private boolean hasToldOfComparison;

  RoutingProcessor(
      Names names,
      AlertPolicy policy,
      AlertMaker alerts,
      Supplier<ModelIdentity> model,
      String alertsTopic,
      Optional<ScoredConfig> scored,
      Optional<String> comparedTopic,
      StateConfig state,
      Serializer<SpecificRecord> serializer,
      ScoringListener listener) {
    this.names = names;
    this.policy = policy;
    this.alerts = alerts;
    this.model = model;
    this.alertsTopic = alertsTopic;
    this.scored = scored;
    sample = new Sample(scored.map(ScoredConfig::sample).orElse(0.0));
    this.comparedTopic = comparedTopic;
    this.state = state;
    this.serializer = serializer;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    if (!policy.needsWatch()) {
      return;
    }
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(names.keyWatches());
    CommitBoundary boundary = context.getStateStore(names.commitBoundary());
    keys =
        new WatchedKeys(policy, store, boundary, state.cachedKeys(), context.currentSystemTimeMs());
    boundary.attach(context, keys::save);
    Forgetting forgetting = Forgetting.of(state);
    context.schedule(
        forgetting.every(),
        PunctuationType.STREAM_TIME,
        streamTime -> forgetting.forget(keys, streamTime));
    context.schedule(
        TICK, PunctuationType.WALL_CLOCK_TIME, now -> keys.onClock(now, this::publish));
  }

  @Override
  public void process(Record<byte[], JudgedRecord> record) {
    JudgedRecord judged = record.value();
    Verdict verdict = judged.verdict();
    boolean isScored = scored.isPresent() && isPublished(judged);
    if (keys == null && !verdict.anomalous() && !isScored && comparedTopic.isEmpty()) {
      return;
    }
    RecordSource source = judged.source(record);
    if (keys == null) {
      publish(record.key(), policy.onRecord(source, verdict));
    } else {
      listener.suppressed(
          keys.onRecord(
              record.key(), judged, source, context.currentSystemTimeMs(), this::publish));
    }
    if (isScored) {
      context.forward(
          message(
              record.key(),
              scored.get().topic(),
              alerts.scored(verdict, source),
              record.timestamp()),
          names.scored());
    }
    comparedTopic.ifPresent(topic -> compare(record, source, topic));
  }

  /** Anomalous ones are published whatever the sample is. */
  private boolean isPublished(JudgedRecord judged) {
    Origin origin = judged.origin();
    return judged.verdict().anomalous()
        || sample.draws(origin.topic(), origin.partition(), origin.offset());
  }

  /** A comparison that cannot be written is let go: alerts matter more. */
  private void compare(Record<byte[], JudgedRecord> record, RecordSource source, String topic) {
    JudgedRecord judged = record.value();
    Record<byte[], byte[]> compared;
    try {
      compared =
          message(
              record.key(),
              topic,
              alerts.compared(judged.verdict(), judged.shadow(), source),
              record.timestamp());
    } catch (RuntimeException e) {
      if (!hasToldOfComparison) {
        hasToldOfComparison = true;
        log.warn("comparisons with the model on trial cannot be written to {}", topic, e);
      }
      return;
    }
    context.forward(compared, names.compared());
  }

  private void publish(byte[] key, List<Notice> notices) {
    for (Notice notice : notices) {
      Alert alert =
          alerts.alert(notice, model.get(), Instant.ofEpochMilli(context.currentSystemTimeMs()));
      context.forward(
          message(key, alertsTopic, alert, Math.max(0, notice.eventMillis())), names.alerts());
      listener.alerted(alert);
    }
  }

  private Record<byte[], byte[]> message(
      byte[] key, String topic, SpecificRecord value, long timestamp) {
    return new Record<>(key, serializer.serialize(topic, value), timestamp, new RecordHeaders());
  }

  @Override
  public void close() {
    serializer.close();
  }
}
