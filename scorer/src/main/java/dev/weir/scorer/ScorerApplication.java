package dev.weir.scorer;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.console.PipelineMonitor;
import dev.weir.scorer.inference.ModelHost;
import dev.weir.scorer.inference.ModelWatcher;
import dev.weir.scorer.metrics.MeteredModelSource;
import dev.weir.scorer.metrics.MetricsRegistry;
import dev.weir.scorer.metrics.ModelMetrics;
import dev.weir.scorer.metrics.ModelRole;
import dev.weir.scorer.metrics.ScorerMetrics;
import dev.weir.scorer.metrics.ThreadMetrics;
import dev.weir.scorer.topology.BundleCheck;
import dev.weir.scorer.topology.ErrorHandlers;
import dev.weir.scorer.topology.Pipeline;
import dev.weir.scorer.topology.ScoringListener;
import dev.weir.scorer.topology.ScoringTopology;
import dev.weir.scorer.topology.SizeLimits;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running scorer: model, topology, streams, metrics and HTTP, put together.
 *
 * <p>Starting it checks everything that can be checked before the first record: the bundle, the
 * broker, the topics, the port.
 */
public final class ScorerApplication implements AutoCloseable, ScorerEndpoint.Status {
  private static final Logger log = LoggerFactory.getLogger(ScorerApplication.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  /** As Kafka Streams calls a thread that has joined the group, with partitions or without. */
  private static final String THREAD_RUNNING = "RUNNING";

  /** Without leaving the group, the next start would wait until this one's session has run out. */
  static final CloseOptions CLOSE =
      CloseOptions.timeout(CLOSE_TIMEOUT)
          .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final FailureBudget failures = new FailureBudget();
  private final Outage outage = new Outage();
  private final ThreadMetrics threads;
  private final Map<PipelineConfig, ModelHost> models = new LinkedHashMap<>();
  private final Map<String, ShadowModel> shadows = new HashMap<>();
  private final List<ScorerMetrics> records = new ArrayList<>();
  private final KafkaStreams streams;
  private final ScorerEndpoint endpoint;
  private final ErrorHandlers errors;

  /** Why the process ends by itself; null as long as it does not. */
  private volatile OperationFailedException failure;

  private ScorerApplication(ScorerConfig config, ScorerEndpoint endpoint) {
    this.endpoint = own(endpoint);
    try {
      endpoint.starting();
      // A bundle that is damaged is told of before anybody is asked for anything.
      config.pipelines().forEach(pipeline -> Bundle.open(Path.of(pipeline.model().path())));
      SizeLimits limits = new Topics(config).ensure();
      SchemaRegistry registry = own(SchemaRegistries.open(config.schemaRegistry()));
      for (PipelineConfig pipeline : config.pipelines()) {
        RecordFit fit =
            new RecordFit(
                config.kafka(),
                pipeline.input(),
                pipeline.model().missingFields(),
                "model.missingFields",
                registry);
        Path bundle = Path.of(pipeline.model().path());
        Consumer<Bundle> check = new BundleCheck(pipeline).andThen(fit::check);
        models.put(pipeline, own(ModelHost.open(bundle, pipeline.model().device(), check)));
      }
      MetricsRegistry metrics = endpoint.metrics();
      threads = metrics.threads();
      List<Pipeline> pipelines = new ArrayList<>();
      models.forEach(
          (pipeline, host) -> {
            SchemaRegistration.tryOut(
                pipeline, host.manifest(), ScoringTopology.serializer(config, registry));
            pipelines.add(pipeline(pipeline, host, config, registry));
          });
      Topology topology = ScoringTopology.build(config, pipelines, registry, limits);
      Properties settings = new Properties();
      settings.putAll(StreamsSettings.of(config));
      errors = new ErrorHandlers(config, pipelines, limits);
      settings.putAll(errors.settings());
      streams = new KafkaStreams(topology, settings);
      own(this::closeStreams);
      streams.setUncaughtExceptionHandler(this::onFailure);
      streams.setStateListener(this::onState);
      metrics.watch(streams);
      endpoint.show(this);
      streams.start();
      models.forEach((pipeline, host) -> logStart(config, pipeline, host));
    } catch (ConfigException e) {
      closeResources();
      throw new InvalidInputException(
          "a setting under 'kafka' or 'schemaRegistry' is wrong: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      closeResources();
      throw e;
    }
  }

  private static double rate(Manifest manifest, PipelineConfig config) {
    return VerdictMaker.model(manifest, config.alerts()).threshold().falseAlarmRate();
  }

  /** A pipeline whose model is watched and whose records are counted. */
  private Pipeline pipeline(
      PipelineConfig config, ModelHost host, ScorerConfig all, SchemaRegistry registry) {
    MetricsRegistry metrics = endpoint.metrics();
    PipelineMonitor monitor = endpoint.console().watch(config, host.manifest());
    ScorerMetrics counted = metrics.pipeline(config.name());
    counted.live(host.manifest(), rate(host.manifest(), config));
    records.add(counted);
    ModelMetrics reloads = metrics.models(config.name(), ModelRole.LIVE);
    own(
        ModelWatcher.start(
            host,
            config.model().watchEvery(),
            new ModelWatcher.Listener() {
              @Override
              public void swapped(Manifest manifest) {
                counted.live(manifest, rate(manifest, config));
                reloads.swapped();
                monitor.swapped(manifest);
              }

              @Override
              public void refused(String reason) {
                reloads.refused();
                monitor.refused(reason);
              }
            }));
    if (config.shadow() != null) {
      RecordFit fit =
          new RecordFit(
              all.kafka(),
              config.input(),
              config.shadow().missingFields(),
              "shadow.missingFields",
              registry);
      Consumer<Manifest> onTrial = counted::onTrial;
      shadows.put(
          config.name(),
          own(ShadowModel.open(config, fit, metrics, onTrial.andThen(monitor::onTrial))));
    }
    Timer inference = metrics.inference(config.name(), ModelRole.LIVE);
    return new Pipeline(
        config,
        new MeteredModelSource(host, inference),
        Optional.ofNullable(shadows.get(config.name())).map(ShadowModel::source),
        ScoringListener.both(counted, monitor));
  }

  private void logStart(ScorerConfig config, PipelineConfig pipeline, ModelHost host) {
    Manifest manifest = host.manifest();
    log.atInfo()
        .addKeyValue("application", config.applicationId())
        .addKeyValue("pipeline", pipeline.name())
        .addKeyValue("model", manifest.name())
        .addKeyValue("version", manifest.version())
        .addKeyValue("device", host.device())
        .addKeyValue("input", pipeline.input().described())
        .addKeyValue("httpPort", endpoint.port())
        .log("scorer started");
  }

  /**
   * Starts a scorer; returns when its streams are starting.
   *
   * @throws InvalidInputException if bundle, topics or settings have to change
   * @throws OperationFailedException if broker or port cannot be had
   */
  public static ScorerApplication start(ScorerConfig config) {
    return start(config, ScorerEndpoint.open(config));
  }

  /**
   * Starts a scorer that is to be seen already; returns when its streams are starting.
   *
   * @param endpoint is closed with it, and if it cannot be started
   * @throws InvalidInputException if bundle, topics or settings have to change
   * @throws OperationFailedException if the broker cannot be had
   */
  public static ScorerApplication start(ScorerConfig config, ScorerEndpoint endpoint) {
    return new ScorerApplication(config, endpoint);
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Its pipelines, in the config's order. */
  public List<PipelineStatus> pipelines() {
    return models.entrySet().stream()
        .map(
            entry ->
                new PipelineStatus(
                    entry.getKey().name(),
                    entry.getKey().input().described(),
                    entry.getKey().alertsTopic(),
                    entry.getValue().manifest(),
                    Optional.ofNullable(shadows.get(entry.getKey().name()))
                        .flatMap(ShadowModel::manifest)))
        .toList();
  }

  public int httpPort() {
    return endpoint.port();
  }

  /** How many records were scored since the start, by this instance. */
  public long recordsScored() {
    return records.stream().mapToLong(ScorerMetrics::recordsScored).sum();
  }

  /**
   * How many records were scored, sent to the dead-letter topic or are tombstones, by this
   * instance.
   */
  public long recordsSeen() {
    return recordsScored() + records.stream().mapToLong(ScorerMetrics::recordsNotScored).sum();
  }

  /** How many alerts were raised since the start, by this instance. */
  public long alertsRaised() {
    return records.stream().mapToLong(ScorerMetrics::alertsRaised).sum();
  }

  /** Whether the process need not be restarted. */
  @Override
  public boolean isLive() {
    return failure == null && stopped.getCount() > 0;
  }

  @Override
  public String state() {
    return streams.state().name();
  }

  @Override
  public OptionalLong lag() {
    return InputLag.of(streams.metrics());
  }

  /** Whether records are being scored. */
  @Override
  public boolean isReady() {
    // After a thread has failed, the state remains RUNNING while its successor waits to join.
    return streams.state() == KafkaStreams.State.RUNNING
        && !outage.isGoingOn()
        && isAnyThreadRunning();
  }

  private boolean isAnyThreadRunning() {
    try {
      return streams.metadataForLocalThreads().stream()
          .anyMatch(thread -> thread.threadState().equals(THREAD_RUNNING));
    } catch (IllegalStateException e) {
      log.debug("streams stopped while their threads were looked at", e);
      return false;
    }
  }

  /**
   * Waits until records are being scored.
   *
   * @return false if that was not so within the time
   */
  public boolean awaitReady(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!isReady() && System.nanoTime() < end && isLive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return isReady();
  }

  /**
   * Waits until the scorer is closed or gives up.
   *
   * @throws OperationFailedException if it gave up
   */
  public void awaitStop() throws InterruptedException {
    stopped.await();
    if (failure != null) {
      throw failure;
    }
  }

  private StreamThreadExceptionResponse onFailure(Throwable e) {
    if (errors.isFinal(e)) {
      failure =
          new OperationFailedException(
              "the scorer ended at a failure that is not to be tried again: " + reason(e), e);
      log.error("a failure that is not to be tried again; shutting down", e);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    boolean isOutage = ErrorHandlers.isWaitedFor(e);
    threads.failed(isOutage);
    Optional<Duration> pause = isOutage ? Optional.of(outage.failed()) : failures.spend();
    if (pause.isEmpty()) {
      failure =
          new OperationFailedException(
              "the scorer gave up after repeated failures; the last one: " + reason(e), e);
      log.error("a stream thread failed once too often; shutting down", e);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    log.error(
        "a stream thread failed{}, and is replaced in {} ms; what it had not committed is done again",
        isOutage ? " since something that is needed does not answer" : "",
        pause.get().toMillis(),
        e);
    try {
      if (closing.await(pause.get().toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("closed while a thread waited to be replaced");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private void onState(KafkaStreams.State now, KafkaStreams.State before) {
    log.info("streams: {} -> {}", before, now);
    if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
      stopped.countDown();
    }
  }

  /** What failed beneath Kafka Streams' own wrappers; deeper causes say too little of where. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause instanceof StreamsException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Commits what is done, leaves the group and frees everything. Idempotent. */
  @Override
  public void close() {
    closeResources();
    stopped.countDown();
  }

  private void closeStreams() {
    closing.countDown();
    if (!streams.close(CLOSE)) {
      // A thread that is still scoring would crash the JVM if the model were freed under it.
      log.error(
          "stream threads have not stopped within {}; model and registry are left open",
          CLOSE_TIMEOUT);
      resources.clear();
    }
  }

  private synchronized void closeResources() {
    endpoint.stopServing();
    while (!resources.isEmpty()) {
      AutoCloseable resource = resources.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("closing {} failed", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
