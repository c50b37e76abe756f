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
import org.apache.kafka.common.errors.RecordTooLargeException;
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
  private final SizeLimits limits;
  private final HeldObjects.Limits kept;
  private final DeadLetters deadLetters;
  private final RecordTime time;
  private final WallClock clock;
  private final ScoringListener listener;
  private ProcessorContext<byte[], byte[]> context;
  private WatchedKeys keys;
  private boolean hasToldOfComparison;

  /** What is published now has no later timestamp. */
  private long latest = Long.MAX_VALUE;

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
      SizeLimits limits,
      HeldObjects.Limits kept,
      DeadLetters deadLetters,
      RecordTime time,
      WallClock clock,
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
    this.limits = limits;
    this.kept = kept;
    this.deadLetters = deadLetters;
    this.time = time;
    this.clock = clock;
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
        new WatchedKeys(policy, store, boundary, state.cachedKeys(), kept, clock.millis(context));
    boundary.attach(context, keys::save);
    Forgetting forgetting = Forgetting.of(state);
    context.schedule(
        forgetting.every(), PunctuationType.STREAM_TIME, streamTime -> forgetting.forget(keys));
    context.schedule(
        TICK,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          latest = Long.MAX_VALUE;
          keys.onClock(now, this::publish);
        });
  }

  @Override
  public void process(Record<byte[], JudgedRecord> record) {
    JudgedRecord judged = record.value();
    if (judged.isTombstone()) {
      latest = record.timestamp();
      keys.onTombstone(
          record.key(),
          judged.origin(),
          judged.source(record),
          record.timestamp(),
          clock.millis(context),
          this::publish);
      return;
    }
    Verdict verdict = judged.verdict();
    boolean isScored = scored.isPresent() && isPublished(judged);
    if (keys == null && !verdict.anomalous() && !isScored && comparedTopic.isEmpty()) {
      return;
    }
    RecordSource source = judged.source(record);
    // Kafka need not take what is of a time that is far ahead.
    latest = source.eventMillis() > record.timestamp() ? record.timestamp() : Long.MAX_VALUE;
    if (keys == null) {
      publish(record.key(), policy.onRecord(source, verdict));
    } else {
      keys.onRecord(
          record.key(), judged, source, record.timestamp(), clock.millis(context), this::publish);
    }
    if (isScored) {
      send(
          message(
              record.key(),
              scored.get().topic(),
              alerts.scored(verdict, source),
              record.timestamp()),
          names.scored(),
          scored.get().topic(),
          judged.origin());
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
      if (ErrorHandlers.isOutage(e)) {
        throw e;
      }
      letGo(topic, Unpublished.FAILED, e);
      return;
    }
    if (limits.of(topic).allows(compared.key(), compared.value())) {
      context.forward(compared, names.compared());
    } else {
      letGo(topic, Unpublished.TOO_LARGE, tooLarge(compared, topic));
    }
  }

  private void letGo(String topic, Unpublished why, RuntimeException e) {
    listener.unpublished(why);
    if (!hasToldOfComparison) {
      hasToldOfComparison = true;
      log.warn("a comparison with the model on trial cannot be written to {}", topic, e);
    }
  }

  private static Origin origin(Alert alert) {
    return new Origin(
        alert.getSourceTopic(), alert.getSourcePartition(), alert.getSourceOffset(), null, true);
  }

  /**
   * Sends a record on, unless it is too large for Kafka: a dead letter without its content then
   * says of which record it was.
   */
  private boolean send(Record<byte[], byte[]> record, String sink, String topic, Origin origin) {
    if (limits.of(topic).allows(record.key(), record.value())) {
      context.forward(record, sink);
      return true;
    }
    Origin place = new Origin(origin.topic(), origin.partition(), origin.offset(), null, true);
    context.forward(
        deadLetters
            .ofUnpublished(
                new Record<>(null, null, record.timestamp()),
                place,
                Unpublished.TOO_LARGE,
                tooLarge(record, topic))
            .withValue((byte[]) null),
        names.deadLetter());
    return false;
  }

  private RecordTooLargeException tooLarge(Record<byte[], byte[]> record, String topic) {
    return new RecordTooLargeException(
        "for "
            + topic
            + ": "
            + SizeLimit.size(record.key(), record.value(), record.headers())
            + " bytes, where max.request.size and the topic's max.message.bytes leave "
            + limits.of(topic).bytes()
            + "; a key should not be as long");
  }

  private void publish(byte[] key, List<Notice> notices) {
    for (Notice notice : notices) {
      Alert alert = alerts.alert(notice, model.get(), Instant.ofEpochMilli(clock.millis(context)));
      Record<byte[], byte[]> message =
          message(key, alertsTopic, alert, Math.max(0, Math.min(latest, notice.eventMillis())));
      if (send(message, names.alerts(), alertsTopic, origin(alert))) {
        listener.alerted(alert, time.clock(alert.getSourceTopic()));
      }
    }
  }

  private Record<byte[], byte[]> message(
      byte[] key, String topic, SpecificRecord value, long timestamp) {
    return new Record<>(key, serializer.serialize(topic, value), timestamp, new RecordHeaders());
  }

  @Override
  public void close() {
    serializer.close();
    if (keys != null) {
      keys.close();
    }
  }
}
