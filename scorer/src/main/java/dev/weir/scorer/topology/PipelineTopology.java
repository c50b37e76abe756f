package dev.weir.scorer.topology;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.config.InputConfig;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScoredConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.config.ShadowConfig;
import dev.weir.scorer.drift.DriftCounter;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.topology.EncoderStates.Role;
import dev.weir.scorer.topology.ScoringProcessor.Pending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pipeline's nodes. Each task that starts has processors and a session of its own. */
final class PipelineTopology {
  private static final Logger log = LoggerFactory.getLogger(PipelineTopology.class);

  private final ScorerConfig config;
  private final Pipeline pipeline;
  private final SchemaRegistry registry;
  private final SizeLimits limits;
  private final RecordTime time;
  private final WallClock clock;
  private final Names names;
  private final DeadLetters deadLetters;

  PipelineTopology(
      ScorerConfig config,
      Pipeline pipeline,
      SchemaRegistry registry,
      SizeLimits limits,
      RecordTime time,
      WallClock clock) {
    this.limits = limits;
    this.time = time;
    this.clock = clock;
    this.config = config;
    this.pipeline = pipeline;
    this.registry = registry;
    names = Names.of(config, pipeline.config());
    deadLetters =
        new DeadLetters(
            config.applicationId(),
            pipeline.config().name(),
            limits.of(pipeline.config().deadLetterTopic()),
            pipeline.listener());
  }

  /** Adds what stands between the records and their verdicts. */
  void addScoring(StreamsBuilder builder, KStream<byte[], Pack> records) {
    builder.addStateStore(CommitBoundary.builder(names.commitBoundary()));
    builder.addStateStore(store(names.encoderStates()));
    KStream<byte[], Object> judged =
        keyed(records)
            .process(
                this::scoringProcessor,
                Named.as(names.score()),
                names.commitBoundary(),
                names.encoderStates());
    if (pipeline.config().drift() != null) {
      addDrift(builder, judged);
    }
  }

  /**
   * The counts of all tasks meet in one: what is common in one partition may be rare in another.
   */
  private void addDrift(StreamsBuilder builder, KStream<byte[], Object> judged) {
    PipelineConfig settings = pipeline.config();
    builder.addStateStore(CommitBoundary.builder(names.driftCommitBoundary()));
    builder.addStateStore(store(names.driftWindows()));
    judged
        .process(CountsProcessor::new, Named.as(names.driftCounts()))
        .repartition(
            Repartitioned.<byte[], byte[]>as(names.drift())
                .withNumberOfPartitions(1)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(Serdes.ByteArray()))
        .process(
            () ->
                new DriftProcessor(
                    names,
                    settings,
                    ScoringTopology.serializer(config, registry),
                    limits,
                    SizeLimits.changelog(config, names.driftWindows()),
                    pipeline.listener()),
            Named.as(names.driftMonitor()),
            names.driftCommitBoundary(),
            names.driftWindows());
  }

  private KStream<byte[], Pack> keyed(KStream<byte[], Pack> records) {
    InputConfig input = pipeline.config().input();
    return input
        .keyPath()
        .map(
            path ->
                records
                    .process(
                        () ->
                            new KeyProcessor(
                                input.format().reader(List.of(path), registry),
                                names,
                                limits.of(SizeLimits.repartition(config, names.keyed())),
                                deadLetters),
                        Named.as(names.key()))
                    .repartition(
                        Repartitioned.<byte[], Pack>as(names.keyed())
                            .withKeySerde(Serdes.ByteArray())
                            .withValueSerde(Pack.serde())))
        .orElse(records);
  }

  private StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    KeyValueBytesStoreSupplier store =
        switch (config.state().store()) {
          case MEMORY -> Stores.inMemoryKeyValueStore(name);
          case ROCKSDB -> Stores.persistentKeyValueStore(name);
        };
    return Stores.keyValueStoreBuilder(store, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  private ScoringProcessor scoringProcessor() {
    PipelineConfig settings = pipeline.config();
    return new ScoringProcessor(
        names,
        settings,
        pipeline.models(),
        this::session,
        this::shadow,
        Forgetting.of(config.state()),
        config.errors(),
        limits.of(SizeLimits.repartition(config, names.drift())),
        deadLetters,
        pipeline.listener(),
        clock);
  }

  /** Begins a use of the model that is live, whose rows are not counted for drift. */
  <T> ModelSession<T> session(KeyValueStore<Bytes, byte[]> states, CommitBoundary boundary) {
    return session(
        pipeline.models().newScorer(), Role.LIVE, states, boundary, identity -> Optional.empty());
  }

  private ModelSession<Pending> session(
      KeyValueStore<Bytes, byte[]> states, CommitBoundary boundary, TaskId task) {
    AnomalyModel model = pipeline.models().newScorer();
    return session(
        model,
        Role.LIVE,
        states,
        boundary,
        identity ->
            Optional.ofNullable(pipeline.config().drift())
                .map(drift -> counter(model.manifest(), identity, drift, task)));
  }

  private Optional<ShadowScorer> shadow(
      KeyValueStore<Bytes, byte[]> states, CommitBoundary boundary) {
    return pipeline
        .shadow()
        .map(
            models ->
                new ShadowScorer(
                    models,
                    () ->
                        session(
                            models.newScorer(),
                            Role.SHADOW,
                            states,
                            boundary,
                            identity -> Optional.empty())));
  }

  /** Begins a use of a model, which is closed if it cannot begin: nobody else would. */
  private <T> ModelSession<T> session(
      AnomalyModel model,
      Role role,
      KeyValueStore<Bytes, byte[]> states,
      CommitBoundary boundary,
      Function<ModelIdentity, Optional<DriftCounter>> drift) {
    try {
      return begin(model, role, states, boundary, drift);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private <T> ModelSession<T> begin(
      AnomalyModel model,
      Role role,
      KeyValueStore<Bytes, byte[]> states,
      CommitBoundary boundary,
      Function<ModelIdentity, Optional<DriftCounter>> drift) {
    Manifest manifest = model.manifest();
    VerdictMaker verdicts = new VerdictMaker(manifest, pipeline.config().alerts());
    FeatureEncoder encoder =
        new FeatureEncoder(
            manifest.features(), manifest.window(), Optional.of(longestGap(manifest)));
    return new ModelSession<>(
        model,
        pipeline.config().input().format().reader(manifest.features().fields(), registry),
        encoder,
        encoder.needsState()
            ? Optional.of(
                new EncoderStates(
                    states,
                    boundary,
                    encoder,
                    role,
                    config.state().cachedKeys(),
                    kept(names.encoderStates())))
            : Optional.empty(),
        verdicts,
        drift.apply(verdicts.model()),
        pipeline.config().batch().maxRows());
  }

  /** How large a store's entries may be. */
  HeldObjects.Limits kept(String store) {
    return new HeldObjects.Limits(
        limits.of(SizeLimits.changelog(config, store)), pipeline.listener());
  }

  private static DriftCounter counter(
      Manifest manifest, ModelIdentity model, DriftConfig drift, TaskId task) {
    DriftCounter counter = new DriftCounter(manifest, model, drift, task.toString());
    if (!counter.knowsFeatures()) {
      log.warn(
          "the bundle of model {} {} does not say how its features were spread; only its scores are"
              + " watched for drift. Train anew to have it",
          manifest.name(),
          manifest.version());
    }
    return counter;
  }

  /** After so long without a record a key begins anew, as in training; or is forgotten. */
  private Duration longestGap(Manifest manifest) {
    Duration retention = config.state().retention();
    return manifest.maxGap().filter(gap -> gap.compareTo(retention) < 0).orElse(retention);
  }

  /** Adds what publishes verdicts, and the topics that all goes to. */
  void addPublishing(Topology topology) {
    PipelineConfig settings = pipeline.config();
    AlertMaker alerts = new AlertMaker(settings.name());
    AlertPolicy policy = new AlertPolicy(settings.name(), settings.alerts());
    Optional<ScoredConfig> scored = Optional.ofNullable(settings.output().scored());
    Optional<String> compared = Optional.ofNullable(settings.shadow()).map(ShadowConfig::topic);
    ProcessorSupplier<byte[], JudgedRecord, byte[], byte[]> route =
        () ->
            new RoutingProcessor(
                names,
                policy,
                alerts,
                () -> VerdictMaker.model(pipeline.models().manifest(), settings.alerts()),
                settings.alertsTopic(),
                scored,
                compared,
                config.state(),
                ScoringTopology.serializer(config, registry),
                limits,
                kept(names.keyWatches()),
                deadLetters,
                time,
                clock,
                pipeline.listener());
    topology.addProcessor(names.route(), route, names.score());
    if (policy.needsWatch()) {
      topology.connectProcessorAndStateStores(names.route(), names.commitBoundary());
      topology.addStateStore(store(names.keyWatches()), names.route());
    }
    addSink(topology, names.alerts(), settings.alertsTopic(), names.route());
    if (settings.drift() != null) {
      addSink(topology, names.driftAlerts(), settings.alertsTopic(), names.driftMonitor());
    }
    if (settings.input().keyPath().isPresent()) {
      topology.addSink(
          names.keyDeadLetter(),
          settings.deadLetterTopic(),
          new ByteArraySerializer(),
          Pack.serde().serializer(),
          names.key());
    }
    scored.ifPresent(to -> addSink(topology, names.scored(), to.topic(), names.route()));
    compared.ifPresent(topic -> addSink(topology, names.compared(), topic, names.route()));
    addSink(topology, names.deadLetter(), settings.deadLetterTopic(), names.score(), names.route());
  }

  private static void addSink(Topology topology, String name, String topic, String... parents) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parents);
  }
}
