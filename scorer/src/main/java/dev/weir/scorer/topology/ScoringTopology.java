package dev.weir.scorer.topology;

import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.scorer.config.InputConfig;
import dev.weir.scorer.config.InputConfig.StartFrom;
import dev.weir.scorer.config.ScorerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;

/**
 * The topology: for each pipeline records → score → route → alerts, scored, dead-letter; where
 * records get the key of a field, records → key → a topic of Kafka Streams' own → score and so on.
 *
 * <p>Building it does no I/O, so the same topology runs in a test driver.
 */
public final class ScoringTopology {
  private ScoringTopology() {}

  /** What a source reads; pipelines of equal inputs share one. */
  private record Subscription(
      List<String> topics, String pattern, StartFrom startFrom, Duration clockTolerance) {
    static Subscription of(InputConfig input) {
      return new Subscription(
          input.topics(), input.pattern(), input.startFrom(), input.clockTolerance());
    }
  }

  /**
   * Builds the topology.
   *
   * @param pipelines those of the config
   * @param registry where the schemas of what is published are registered, and those of what is
   *     read are found
   */
  public static Topology build(
      ScorerConfig config, List<Pipeline> pipelines, SchemaRegistry registry) {
    return build(config, pipelines, registry, SizeLimits.of(config));
  }

  /** Does the same where it is known how large the records of topics may be. */
  public static Topology build(
      ScorerConfig config, List<Pipeline> pipelines, SchemaRegistry registry, SizeLimits limits) {
    return build(config, pipelines, registry, limits, System::currentTimeMillis, WallClock.SYSTEM);
  }

  /**
   * With clocks of the caller's.
   *
   * @param clock that no record's time may be far ahead of, in milliseconds since 1970
   * @param wall by which delays are told and time goes on without records
   */
  static Topology build(
      ScorerConfig config,
      List<Pipeline> pipelines,
      SchemaRegistry registry,
      SizeLimits limits,
      LongSupplier clock,
      WallClock wall) {
    StreamsBuilder builder = new StreamsBuilder();
    Map<Subscription, KStream<byte[], Pack>> sources = new HashMap<>();
    RecordTime time = new RecordTime(clock);
    List<PipelineTopology> parts = new ArrayList<>();
    for (Pipeline pipeline : pipelines) {
      PipelineTopology part = new PipelineTopology(config, pipeline, registry, limits, time, wall);
      InputConfig input = pipeline.config().input();
      KStream<byte[], Pack> records =
          sources.computeIfAbsent(
              Subscription.of(input),
              unused -> source(builder, input, Names.of(config, pipeline.config()).source(), time));
      part.addScoring(builder, records);
      parts.add(part);
    }
    Topology topology = builder.build();
    parts.forEach(part -> part.addPublishing(topology));
    return topology;
  }

  private static KStream<byte[], Pack> source(
      StreamsBuilder builder, InputConfig input, String name, RecordTime time) {
    Consumed<byte[], Pack> how =
        Consumed.with(Serdes.ByteArray(), Pack.serde())
            .withTimestampExtractor(time.extractor(input.clockTolerance()))
            .withOffsetResetPolicy(
                input.startFrom() == StartFrom.LATEST
                    ? AutoOffsetReset.latest()
                    : AutoOffsetReset.earliest())
            .withName(name);
    return input
        .topicPattern()
        .map(pattern -> builder.stream(pattern, how))
        .orElseGet(() -> builder.stream(input.topics(), how));
  }

  /** How alerts and scores are written, by the user's settings of the registry's client. */
  public static Serializer<SpecificRecord> serializer(
      ScorerConfig config, SchemaRegistry registry) {
    return ValueSerializers.of(config, registry);
  }
}
