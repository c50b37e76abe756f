package dev.weir.benchmarks.stream;

import dev.weir.model.config.ConfigReader;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.StreamsSettings;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.inference.ModelSource;
import dev.weir.scorer.metrics.MeteredModelSource;
import dev.weir.scorer.metrics.MetricsRegistry;
import dev.weir.scorer.metrics.ModelRole;
import dev.weir.scorer.metrics.ScorerMetrics;
import dev.weir.scorer.topology.Pipeline;
import dev.weir.scorer.topology.ScoringTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;

/** The scorer's own topology, metrics and settings, with one model or another. */
final class TopologyVariant implements Variant {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final String name;
  private final String description;
  private final long records;
  private final Scene scene;
  private final ModelSource model;
  private final List<String> settings;

  /**
   * Where it runs.
   *
   * @param topic what is read
   * @param registry where schemas are found
   * @param folder where state is kept
   */
  record Scene(RecordTopic topic, SchemaRegistry registry, Path folder) {}

  TopologyVariant(
      String name,
      String description,
      long records,
      Scene scene,
      ModelSource model,
      String... settings) {
    this.name = name;
    this.description = description;
    this.records = Math.min(records, scene.topic().shape().records());
    this.scene = scene;
    this.model = model;
    this.settings = List.of(settings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public Speed run(long goal) {
    ScorerConfig config = config("benchmark-" + name + "-" + RUNS.incrementAndGet());
    PipelineConfig pipeline = config.pipelines().get(0);
    for (String output : List.of(pipeline.alertsTopic(), pipeline.deadLetterTopic())) {
      scene.topic().broker().createTopic(output, scene.topic().shape().partitions());
    }
    try (MetricsRegistry metrics = new MetricsRegistry()) {
      ScorerMetrics counted = metrics.pipeline(pipeline.name());
      counted.live(model.manifest());
      ModelSource metered =
          new MeteredModelSource(model, metrics.inference(pipeline.name(), ModelRole.LIVE));
      Properties properties = new Properties();
      properties.putAll(StreamsSettings.of(config));
      try (KafkaStreams streams =
          new KafkaStreams(
              ScoringTopology.build(
                  config, List.of(new Pipeline(pipeline, metered, counted)), scene.registry()),
              properties)) {
        metrics.watch(streams);
        streams.start();
        Speed speed =
            Rate.untilReached(
                () -> {
                  failIfOver(streams);
                  return counted.recordsScored();
                },
                goal);
        streams.close(
            CloseOptions.timeout(Duration.ofSeconds(60))
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        return speed;
      }
    }
  }

  private void failIfOver(KafkaStreams streams) {
    if (streams.state() == State.ERROR || streams.state() == State.NOT_RUNNING) {
      throw new IllegalStateException("the streams of " + name + " have stopped; see the log");
    }
  }

  private ScorerConfig config(String application) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "applicationId=" + application,
                "kafka.bootstrap.servers=" + scene.topic().broker().bootstrapServers(),
                "kafka.state.dir=" + scene.folder().resolve("state"),
                "input.topic=" + scene.topic().name(),
                "input.format=avro",
                "model.path=unused",
                "output.alerts=" + application + "-alerts",
                "output.deadLetter=" + application + "-dead-letter",
                "schemaRegistry.schema.registry.url=mock://benchmark",
                "threads=" + scene.topic().shape().threads()));
    all.addAll(settings);
    return ConfigReader.of(all, ScorerConfig.class);
  }
}
