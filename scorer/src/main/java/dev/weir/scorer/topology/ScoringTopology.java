package dev.weir.scorer.topology;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.VerdictMaker;
import dev.weir.scorer.config.InputConfig.StartFrom;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.inference.AnomalyModel;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The topology: records → decode → score → route → alerts, scored, dead-letter.
 *
 * <p>Building it does no I/O, so the same topology runs in a test driver.
 */
public final class ScoringTopology {
  private ScoringTopology() {}

  /**
   * Builds the topology.
   *
   * @param manifest of the model
   * @param scorers gives each task that starts a scorer of its own, which the task closes
   * @param registry where the schemas of what is published are registered, and those of what is
   *     read are found
   * @param listener hears what happens to records
   */
  public static Topology build(
      ScorerConfig config,
      Manifest manifest,
      Supplier<AnomalyModel> scorers,
      SchemaRegistry registry,
      ScoringListener listener) {
    FeatureEncoder encoder = new FeatureEncoder(manifest.features());
    DeadLetters deadLetters = new DeadLetters(config.applicationId(), listener);
    VerdictMaker verdicts = new VerdictMaker(manifest, config.alerts());
    AlertMaker alerts = new AlertMaker(config.applicationId(), manifest, verdicts.threshold());

    Topology topology = new Topology();
    topology.addSource(
        config.input().startFrom() == StartFrom.LATEST
            ? AutoOffsetReset.latest()
            : AutoOffsetReset.earliest(),
        Names.SOURCE,
        new RecordTime(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        config.input().topic());
    ProcessorSupplier<byte[], byte[], byte[], Object> decode =
        () ->
            new DecodingProcessor(
                config.input().format().reader(manifest.features().fields(), registry),
                encoder,
                deadLetters);
    topology.addProcessor(Names.DECODE, decode, Names.SOURCE);
    topology.addProcessor(
        Names.SCORE,
        () -> new ScoringProcessor(scorers, verdicts, config.batch(), listener),
        Names.DECODE);
    topology.addStateStore(CommitBoundary.builder(Names.COMMIT_BOUNDARY), Names.SCORE);
    Optional<String> scored = Optional.ofNullable(config.output().scored());
    topology.addProcessor(
        Names.ROUTE,
        () ->
            new RoutingProcessor(
                alerts, config.alertsTopic(), scored, serializer(config, registry), listener),
        Names.SCORE);
    addSink(topology, Names.ALERTS, config.alertsTopic(), Names.ROUTE);
    scored.ifPresent(topic -> addSink(topology, Names.SCORED, topic, Names.ROUTE));
    addSink(topology, Names.DEAD_LETTER, config.deadLetterTopic(), Names.DECODE);
    return topology;
  }

  /** How alerts and scores are written, by the user's settings of the registry's client. */
  public static Serializer<SpecificRecord> serializer(
      ScorerConfig config, SchemaRegistry registry) {
    return ValueSerializers.of(config, registry);
  }

  private static void addSink(Topology topology, String name, String topic, String parent) {
    topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), parent);
  }
}
