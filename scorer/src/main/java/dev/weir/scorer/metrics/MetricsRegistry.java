package dev.weir.scorer.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;

/** All meters of one scorer: its own, Kafka Streams' and the JVM's. */
public final class MetricsRegistry implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final ScoreDistributions distributions = new ScoreDistributions(registry);
  private KafkaStreamsMetrics streamsMetrics;

  public MetricsRegistry() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  /** All of Micrometer's. */
  List<Meter> meters() {
    return registry.getMeters();
  }

  /** The meters of a pipeline. */
  public ScorerMetrics pipeline(String name) {
    return new ScorerMetrics(registry, distributions, name);
  }

  /** The meters of a pipeline's models of one role. */
  public ModelMetrics models(String pipeline, ModelRole role) {
    return new ModelMetrics(registry, pipeline, role);
  }

  /** The meters of stream threads. */
  public ThreadMetrics threads() {
    return new ThreadMetrics(registry);
  }

  /** The timer of the network's runs. */
  public Timer inference(String pipeline, ModelRole role) {
    return Timer.builder("weir.inference")
        .description("One run of the network over a batch")
        .publishPercentileHistogram()
        .tag("pipeline", pipeline)
        .tag("role", role.tag())
        .register(registry);
  }

  /** The gauge that says whether the scorer waits for its first model. */
  public void watchWaiting(BooleanSupplier isWaiting) {
    Gauge.builder("weir.awaiting.model", () -> isWaiting.getAsBoolean() ? 1 : 0)
        .description("1 while the scorer waits for its first model and scores nothing, or else 0")
        .baseUnit("model")
        .register(registry);
  }

  /** Kafka Streams' meters; those of the clients, too. */
  public void watch(KafkaStreams streams) {
    streamsMetrics = new KafkaStreamsMetrics(streams);
    streamsMetrics.bindTo(registry);
  }

  /** Everything in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    if (streamsMetrics != null) {
      streamsMetrics.close();
    }
    garbageCollection.close();
    registry.close();
  }
}
