package dev.weir.scorer;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.http.HttpEndpoint;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.LoadedModel;
import dev.weir.scorer.metrics.MeteredAnomalyModel;
import dev.weir.scorer.metrics.MetricsRegistry;
import dev.weir.scorer.metrics.ScorerMetrics;
import dev.weir.scorer.topology.ScoringTopology;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
public final class ScorerApplication implements AutoCloseable {
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
  private final FailureBudget failures = new FailureBudget();
  private final Bundle bundle;
  private final KafkaStreams streams;
  private final HttpEndpoint http;
  private final ScorerMetrics records;
  private volatile Throwable failure;

  private ScorerApplication(ScorerConfig config) {
    try {
      bundle = Bundle.open(Path.of(config.model().path()));
      refuseWhatNeedsState(bundle);
      LoadedModel model = own(LoadedModel.load(bundle));
      new Topics(config).ensure();
      SchemaRegistry registry = own(SchemaRegistries.open(config.schemaRegistry()));
      SchemaRegistration.tryOut(
          config,
          new AlertMaker(config.applicationId(), bundle.manifest(), bundle.manifest().threshold()),
          ScoringTopology.serializer(config, registry));
      MetricsRegistry metrics = own(new MetricsRegistry());
      Timer inference = metrics.inference(config.applicationId());
      Supplier<AnomalyModel> scorers = () -> new MeteredAnomalyModel(model.newScorer(), inference);
      records = new ScorerMetrics(metrics.meters(), config.applicationId(), bundle.manifest());
      Topology topology =
          ScoringTopology.build(config, bundle.manifest(), scorers, registry, records);
      Properties settings = new Properties();
      settings.putAll(StreamsSettings.of(config));
      streams = new KafkaStreams(topology, settings);
      own(this::closeStreams);
      streams.setUncaughtExceptionHandler(this::onFailure);
      streams.setStateListener(this::onState);
      metrics.watch(streams);
      http = own(HttpEndpoint.start(config.http(), metrics::scrape, this::isLive, this::isReady));
      streams.start();
      log.atInfo()
          .addKeyValue("application", config.applicationId())
          .addKeyValue("model", bundle.manifest().name())
          .addKeyValue("version", bundle.manifest().version())
          .addKeyValue("topic", config.input().topic())
          .addKeyValue("httpPort", http.port())
          .log("scorer started");
    } catch (ConfigException e) {
      closeResources();
      throw new InvalidInputException(
          "a setting under 'kafka' or 'schemaRegistry' is wrong: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      closeResources();
      throw e;
    }
  }

  /** Between records of a key nothing is kept yet. */
  private static void refuseWhatNeedsState(Bundle bundle) {
    FeatureEncoder encoder =
        new FeatureEncoder(
            bundle.manifest().features(), bundle.manifest().window(), Optional.empty());
    if (!encoder.needsState()) {
      return;
    }
    List<String> lookingBack =
        bundle.manifest().features().features().stream()
            .filter(feature -> feature.transform().isStateful())
            .map(feature -> "'" + feature.name() + "'")
            .toList();
    throw new InvalidBundleException(
        bundle.folder(),
        "it looks back at a key's earlier records ("
            + (encoder.window() > 1 ? "a window of " + encoder.window() + " rows" : "")
            + (encoder.window() > 1 && !lookingBack.isEmpty() ? "; " : "")
            + (lookingBack.isEmpty() ? "" : "features " + String.join(", ", lookingBack))
            + "), and weir score keeps no state of keys yet; train without model.window and without"
            + " difference, rate and rolling transforms, or score files with weir evaluate");
  }

  /**
   * Starts a scorer; returns when its streams are starting.
   *
   * @throws InvalidInputException if bundle, topics or settings have to change
   * @throws OperationFailedException if broker or port cannot be had
   */
  public static ScorerApplication start(ScorerConfig config) {
    return new ScorerApplication(config);
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.push(resource);
    return resource;
  }

  public Bundle bundle() {
    return bundle;
  }

  public int httpPort() {
    return http.port();
  }

  /** How many records were scored since the start, by this instance. */
  public long recordsScored() {
    return records.recordsScored();
  }

  /** How many records were scored or sent to the dead-letter topic, by this instance. */
  public long recordsSeen() {
    return records.recordsScored() + records.recordsRejected();
  }

  /** How many alerts were raised since the start, by this instance. */
  public long alertsRaised() {
    return records.alertsRaised();
  }

  /** Whether the process need not be restarted. */
  public boolean isLive() {
    return failure == null && stopped.getCount() > 0;
  }

  /** Whether records are being scored. */
  public boolean isReady() {
    // After a thread has failed, the state remains RUNNING while its successor waits to join.
    return streams.state() == KafkaStreams.State.RUNNING && isAnyThreadRunning();
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
      throw new OperationFailedException(
          "the scorer gave up after repeated failures; the last one: " + reason(failure), failure);
    }
  }

  private StreamThreadExceptionResponse onFailure(Throwable e) {
    if (failures.isSpent()) {
      failure = e;
      log.error("a stream thread failed once too often; shutting down", e);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    log.error("a stream thread failed and is replaced; what it had not committed is done again", e);
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
    if (!streams.close(CLOSE)) {
      // A thread that is still scoring would crash the JVM if the model were freed under it.
      log.error(
          "stream threads have not stopped within {}; model and registry are left open",
          CLOSE_TIMEOUT);
      resources.clear();
    }
  }

  private synchronized void closeResources() {
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
