package dev.weir.scorer.topology;

import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.Frame;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores records outside Kafka Streams, by what a task of the topology is made of: the same reader,
 * encoder, state of keys, batches, verdicts and alert policy. Nothing is published.
 *
 * <p>Keys begin without a past. What is remembered of them is on the heap, as with {@code
 * state.store: memory}, and forgotten after {@code state.retention}. Times are those of records
 * alone: a silence is noticed when others go on. For one thread.
 */
public final class Replay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replay.class);
  private static final int ANY_TASK = -1;

  private final PipelineConfig pipeline;
  private final ScorerConfig config;
  private final ScoringListener listener;
  private final Consumer<Alert> alerts;
  private final ModelSession<Waiting> session;
  private final ModelIdentity model;
  private final AlertPolicy policy;
  private final AlertMaker maker;
  private final Forgetting forgetting;
  private final HeldObjects.Limits kept;
  private final Optional<RecordReader> keys;
  private final FieldValues keyField = new FieldValues(1);
  private final KeyValueStore<Bytes, byte[]> states = store("states");
  private final CommitBoundary boundary = CommitBoundary.builder("boundary").build();
  private final Map<Integer, WatchedKeys> watches = new HashMap<>();
  private final RecordTime time;
  private final TimestampExtractor times;
  private final Map<TopicPartition, Long> partitionTimes = new HashMap<>();
  private long newest = Long.MIN_VALUE;
  private long forgotAt = Long.MIN_VALUE;

  /** A record whose row is in the batch. */
  private record Waiting(Record<byte[], byte[]> record, Origin origin) {}

  /**
   * A replay that has seen no record.
   *
   * @param pipeline with the model to try, and a listener that hears what becomes of records
   * @param registry where the schemas of records are found
   * @param clock in milliseconds since 1970; times that are further ahead of it than {@code
   *     input.clockTolerance} cannot be
   * @param alerts takes what would have been published
   */
  public Replay(
      ScorerConfig config,
      Pipeline pipeline,
      SchemaRegistry registry,
      long clock,
      Consumer<Alert> alerts) {
    time = new RecordTime(() -> clock);
    this.config = config;
    this.pipeline = pipeline.config();
    this.alerts = alerts;
    listener = pipeline.listener();
    policy = new AlertPolicy(this.pipeline.name(), this.pipeline.alerts());
    maker = new AlertMaker(this.pipeline.name());
    times = time.extractor(this.pipeline.input().clockTolerance());
    forgetting = Forgetting.of(config.state());
    model = VerdictMaker.model(pipeline.models().manifest(), this.pipeline.alerts());
    keys =
        this.pipeline
            .input()
            .keyPath()
            .map(path -> this.pipeline.input().format().reader(List.of(path), registry));
    PipelineTopology parts =
        new PipelineTopology(
            config, pipeline, registry, SizeLimits.of(config), time, WallClock.SYSTEM);
    session = parts.session(states, boundary);
    kept = parts.kept(Names.of(config, this.pipeline).keyWatches());
  }

  private static KeyValueStore<Bytes, byte[]> store(String name) {
    return Stores.inMemoryKeyValueStore(name).get();
  }

  /** Takes the next record, in the order in which a task would get it. */
  public void add(ConsumerRecord<byte[], byte[]> from) {
    long millis = time(from);
    newest = Math.max(newest, millis);
    Optional<byte[]> asked = keys.flatMap(reader -> key(reader, from));
    byte[] key = asked.orElse(from.key());
    Origin origin =
        new Origin(
            from.topic(),
            from.partition(),
            from.offset(),
            from.key(),
            keys.isEmpty() || asked.isPresent());
    Record<byte[], byte[]> record = new Record<>(key, from.value(), millis, from.headers());
    if (from.value() == null) {
      if (keys.isEmpty()) {
        session.forget(origin, key);
        if (policy.needsWatch()) {
          flush();
          Record<byte[], JudgedRecord> ended =
              new Record<>(key, JudgedRecord.tombstone(origin), millis, from.headers());
          watch(origin)
              .onTombstone(key, origin, ended.value().source(ended), millis, millis, this::publish);
        }
      }
      listener.tombstone();
      return;
    }
    try {
      session.add(
          new Waiting(record, origin),
          record.value(),
          Frame.valueSchema(record.headers()),
          origin,
          record.key(),
          millis);
    } catch (RejectedRecordException e) {
      listener.rejected(e.reason());
    }
    if (session.isFull()) {
      flush();
    }
  }

  /** As Kafka Streams has it. */
  private long time(ConsumerRecord<byte[], byte[]> from) {
    TopicPartition partition = new TopicPartition(from.topic(), from.partition());
    long before = partitionTimes.getOrDefault(partition, ConsumerRecord.NO_TIMESTAMP);
    ConsumerRecord<Object, Object> shape =
        new ConsumerRecord<>(
            from.topic(),
            from.partition(),
            from.offset(),
            from.timestamp(),
            from.timestampType(),
            0,
            0,
            null,
            null,
            from.headers(),
            Optional.empty());
    long millis = times.extract(shape, before);
    partitionTimes.put(partition, Math.max(before, millis));
    return millis;
  }

  /** As {@link KeyProcessor} gives it; empty if the record has none there. */
  private Optional<byte[]> key(RecordReader reader, ConsumerRecord<byte[], byte[]> from) {
    if (from.value() == null) {
      return Optional.empty();
    }
    try {
      reader.read(from.value(), Frame.valueSchema(from.headers()), keyField);
    } catch (RejectedRecordException e) {
      log.trace("its field cannot be read; it will be rejected", e);
      return Optional.empty();
    } catch (RuntimeException e) {
      if (e instanceof KafkaException || ErrorHandlers.isOutage(e)) {
        throw e;
      }
      log.warn("a record's key field cannot be read; it will be rejected", e);
      return Optional.empty();
    }
    return Optional.ofNullable(Vocabulary.text(keyField, 0))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** Judges what is still waiting to be judged. To be called after the last record. */
  public void finish() {
    flush();
  }

  private void flush() {
    session.judge().forEach(each -> judge(each.record(), each.verdict()));
    forget();
  }

  private void judge(Waiting waiting, Verdict verdict) {
    listener.scored(verdict, 0);
    Record<byte[], JudgedRecord> judged =
        waiting
            .record()
            .withValue(
                new JudgedRecord(waiting.origin(), verdict, Optional.empty(), Optional.empty()));
    RecordSource source = judged.value().source(judged);
    if (policy.needsWatch()) {
      watch(waiting.origin())
          .onRecord(
              judged.key(),
              judged.value(),
              source,
              judged.timestamp(),
              judged.timestamp(),
              this::publish);
    } else {
      publish(judged.key(), policy.onRecord(source, verdict));
    }
  }

  /** Time goes on in each task by itself; records that got another key are all of one here. */
  private WatchedKeys watch(Origin origin) {
    return watches.computeIfAbsent(
        keys.isPresent() ? ANY_TASK : origin.partition(),
        unused ->
            new WatchedKeys(
                policy, store("watches"), boundary, config.state().cachedKeys(), kept, newest));
  }

  private void publish(byte[] key, List<Notice> notices) {
    for (Notice notice : notices) {
      Alert alert = maker.alert(notice, model, Instant.ofEpochMilli(notice.eventMillis()));
      listener.alerted(alert, time.clock(alert.getSourceTopic()));
      alerts.accept(alert);
    }
  }

  private void forget() {
    if (forgotAt == Long.MIN_VALUE) {
      forgotAt = newest;
    }
    if (newest - forgotAt >= forgetting.every().toMillis()) {
      forgotAt = newest;
      session.save();
      forgetting.forget(states, newest);
      watches.values().forEach(forgetting::forget);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
