package dev.weir.scorer.topology;

import dev.weir.schemas.Alert;
import dev.weir.schemas.AlertKind;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.DriftNotice;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.drift.DriftMonitor;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.drift.PieceCollector;
import dev.weir.scorer.drift.PiecewiseStore;
import dev.weir.scorer.state.DamagedStateException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds up what all tasks of a pipeline have counted, and publishes what is to be heard of it. */
final class DriftProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(DriftProcessor.class);

  private final Names names;
  private final PipelineConfig config;
  private final AlertMaker alerts;
  private final Serializer<SpecificRecord> serializer;
  private final SizeLimits limits;
  private final String changelog;
  private final ScoringListener listener;
  private final OpenIncidents open;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;
  private CommitBoundary boundary;
  private CommitBoundary.Place lastPlace;
  private DriftMonitor monitor;
  private PieceCollector pieces;
  private PiecewiseStore kept;
  private Optional<DriftReport> told = Optional.empty();

  DriftProcessor(
      Names names,
      PipelineConfig config,
      Serializer<SpecificRecord> serializer,
      SizeLimits limits,
      String changelog,
      ScoringListener listener) {
    this.names = names;
    this.config = config;
    this.serializer = serializer;
    this.limits = limits;
    this.changelog = changelog;
    this.listener = listener;
    open = new OpenIncidents(listener);
    alerts = new AlertMaker(config.name());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    store = context.getStateStore(names.driftWindows());
    boundary = context.getStateStore(names.driftCommitBoundary());
    monitor = restored();
    countIncident();
    boundary.attach(context, this::save);
  }

  private DriftMonitor restored() {
    Map<String, byte[]> entries = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        entries.put(new String(entry.key.get(), StandardCharsets.UTF_8), entry.value);
      }
    }
    pieces = new PieceCollector();
    kept =
        new PiecewiseStore(
            (name, value) -> store.put(bytes(name), value), limits.of(changelog).bytes());
    DriftMonitor begun = new DriftMonitor(config.name(), config.drift());
    try {
      Map<String, byte[]> values = kept.restored(entries);
      pieces.restore(values);
      begun.restore(values);
      return begun;
    } catch (DamagedStateException e) {
      listener.unpublished(Unpublished.STATE_DAMAGED);
      log.error("drift is watched from the beginning", e);
      entries.keySet().forEach(name -> store.delete(bytes(name)));
      pieces = new PieceCollector();
      return new DriftMonitor(config.name(), config.drift());
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    lastPlace = boundary.place();
    publish(notices(record.value()));
    countIncident();
    if (!monitor.report().equals(told)) {
      told = monitor.report();
      listener.drift(told);
    }
  }

  /** Watching goes on without what cannot be read: records are scored, whatever drift says. */
  private List<DriftNotice> notices(byte[] counted) {
    try {
      return pieces.add(counted).map(monitor::onCounts).orElse(List.of());
    } catch (DamagedStateException e) {
      listener.unpublished(Unpublished.STATE_DAMAGED);
      log.error("what a task has counted for drift is left out", e);
      return List.of();
    }
  }

  private void countIncident() {
    open.set(Map.of(AlertKind.DRIFT, monitor.hasIncident() ? 1 : 0));
  }

  private void publish(List<DriftNotice> notices) {
    for (DriftNotice notice : notices) {
      Alert alert = alerts.alert(notice, Instant.ofEpochMilli(context.currentSystemTimeMs()));
      byte[] value = serializer.serialize(config.alertsTopic(), alert);
      while (!limits.of(config.alertsTopic()).allows(null, value)
          && !alert.getContributions().isEmpty()) {
        // The most drifted features come first.
        int fewer = alert.getContributions().size() / 2;
        log.warn("an alert of drift is too large for Kafka; it names {} features only", fewer);
        alert =
            Alert.newBuilder(alert)
                .setContributions(List.copyOf(alert.getContributions().subList(0, fewer)))
                .build();
        value = serializer.serialize(config.alertsTopic(), alert);
      }
      context.forward(
          new Record<>(null, value, Math.max(0, notice.eventMillis()), new RecordHeaders()),
          names.driftAlerts());
      listener.alerted(alert, RecordClock.EVENT);
    }
  }

  private void save() {
    Map<String, byte[]> changes = monitor.takeChanges();
    changes.putAll(pieces.takeChanges());
    if (changes.isEmpty()) {
      return;
    }
    CommitBoundary.Place current = boundary.place();
    boundary.restore(lastPlace);
    changes.forEach(kept::put);
    boundary.restore(current);
  }

  private static Bytes bytes(String name) {
    return Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    serializer.close();
    listener.drift(Optional.empty());
    open.close();
  }
}
