package dev.weir.scorer.topology;

import dev.weir.model.bundle.Manifest;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ComparedRecord;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.FakeModels;
import dev.weir.scorer.fixture.RecordingListener;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.inference.ModelSource;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.internals.StreamTask;
import org.apache.kafka.streams.test.TestRecord;

/** The production topology in a test driver, around a fake model. */
final class TopologyFixture implements AutoCloseable {
  /** What the topology takes for now. */
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final Manifest manifest;
  final FakeModels models;

  /** Of the first pipeline, if it has one. */
  final FakeModels shadow;

  /** What records' times are held against; later than those of most tests. */
  final AtomicLong clock = new AtomicLong(NOW.plus(Duration.ofDays(365)).toEpochMilli());

  final RecordingListener listener = new RecordingListener();
  final TopologyTestDriver driver;
  final ErrorHandlers errors;

  private final ScorerConfig config;
  private final String scope;
  final SchemaRegistry registry;
  private final TestInputTopic<byte[], byte[]> input;

  TopologyFixture(ScorerConfig config) {
    this(config, UUID.randomUUID().toString());
  }

  private TopologyFixture(ScorerConfig config, String scope) {
    this(config, scope, MockSchemaRegistry.ofScope(scope));
  }

  /** With a model of the caller's. */
  TopologyFixture(ScorerConfig config, Manifest manifest) {
    this(config, manifest, UUID.randomUUID().toString());
  }

  private TopologyFixture(ScorerConfig config, Manifest manifest, String scope) {
    this(config, manifest, scope, MockSchemaRegistry.ofScope(scope));
  }

  /** With a registry of the caller's. */
  TopologyFixture(ScorerConfig config, String scope, SchemaRegistry registry) {
    this(config, TinyManifest.ofThreeFeatures(), scope, registry);
  }

  private TopologyFixture(
      ScorerConfig config, Manifest manifest, String scope, SchemaRegistry registry) {
    this.manifest = manifest;
    models = new FakeModels(manifest);
    shadow = new FakeModels(manifest);
    this.config = config;
    this.scope = scope;
    this.registry = registry;
    List<Pipeline> pipelines = config.pipelines().stream().map(this::pipeline).toList();
    SizeLimits limits = SizeLimits.of(config);
    Topology topology =
        ScoringTopology.build(config, pipelines, registry, limits, clock::get, WallClock.OF_TASK);
    errors = new ErrorHandlers(config, pipelines, limits);
    Properties settings = new Properties();
    settings.putAll(errors.settings());
    settings.put("application.id", config.applicationId());
    settings.put("bootstrap.servers", "none:1");
    driver = new TopologyTestDriver(topology, settings, NOW);
    input =
        driver.createInputTopic("metrics", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Pipeline pipeline(PipelineConfig pipeline) {
    return new Pipeline(
        pipeline, models, Optional.ofNullable(pipeline.shadow()).map(unused -> shadow), listener);
  }

  /** The topology with one source of models for all pipelines. */
  static Topology topology(
      ScorerConfig config, ModelSource models, SchemaRegistry registry, ScoringListener listener) {
    return ScoringTopology.build(
        config,
        config.pipelines().stream()
            .map(pipeline -> new Pipeline(pipeline, models, listener))
            .toList(),
        registry);
  }

  /**
   * Ends the processors and begins them anew on the same stores, as Kafka Streams does with a task
   * that is suspended and resumed. What was put into the stores meanwhile is what they go on with.
   */
  void resume() {
    StreamTask task = task();
    task.suspend();
    task.resume();
    task.completeRestoration(partitions -> {});
    task.processorContext().setRecordContext(null);
  }

  /** The driver has no way to begin with stores that are not empty. */
  private StreamTask task() {
    try {
      Field field = TopologyTestDriver.class.getDeclaredField("task");
      field.setAccessible(true);
      return (StreamTask) field.get(driver);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the test driver of this Kafka has no such task", e);
    }
  }

  void pipe(String key, String json) {
    pipe(bytes(key), bytes(json), NOW, new RecordHeaders());
  }

  /** With a time, in milliseconds after {@link #NOW}. */
  void pipeAt(long millis, String key, String json) {
    pipe(bytes(key), bytes(json), NOW.plusMillis(millis), new RecordHeaders());
  }

  /** Into another topic. */
  void pipeInto(String topic, String key, String json) {
    pipeIntoAt(topic, 0, key, json);
  }

  /** Into another topic, with a time, in milliseconds after {@link #NOW}. */
  void pipeIntoAt(String topic, long millis, String key, String json) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(bytes(key), bytes(json), new RecordHeaders(), NOW.plusMillis(millis)));
  }

  void pipe(byte[] key, byte[] value, Instant timestamp, Headers headers) {
    pipe(new TestRecord<>(key, value, headers, timestamp));
  }

  void pipe(TestRecord<byte[], byte[]> record) {
    input.pipeInput(record);
  }

  TestOutputTopic<byte[], Alert> alerts() {
    return avro(config.pipelines().get(0).alertsTopic(), Alert.class);
  }

  TestOutputTopic<byte[], ScoredRecord> scored(String topic) {
    return avro(topic, ScoredRecord.class);
  }

  TestOutputTopic<byte[], ComparedRecord> compared(String topic) {
    return avro(topic, ComparedRecord.class);
  }

  TestOutputTopic<byte[], byte[]> deadLetters() {
    return driver.createOutputTopic(
        config.pipelines().get(0).deadLetterTopic(),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private <V extends SpecificRecord> TestOutputTopic<byte[], V> avro(String topic, Class<V> type) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new AvroDeserializer<>(registry, type));
  }

  static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
    MockSchemaRegistry.drop(scope);
  }
}
