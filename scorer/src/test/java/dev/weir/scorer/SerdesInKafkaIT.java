package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.schemas.serde.AvroSerde;
import dev.weir.schemas.serde.AvroSerializer;
import dev.weir.scorer.fixture.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.ValueMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody else's producer, Streams application and consumer that name Weir's classes where others
 * name Confluent's, with Confluent's keys: Kafka makes and configures them.
 */
@Timeout(120)
class SerdesInKafkaIT {
  private static EmbeddedBroker broker;
  private static LocalRegistryServer registry;

  @TempDir private Path state;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start();
    registry = LocalRegistryServer.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBeMadeByProducerStreamsAndConsumer(boolean specific) throws Exception {
    // Given
    String in = "serdes-in-" + specific;
    String out = "serdes-out-" + specific;
    try (Admin admin = Admin.create(client(Map.of()))) {
      admin
          .createTopics(List.of(new NewTopic(in, 1, (short) 1), new NewTopic(out, 1, (short) 1)))
          .all()
          .get();
    }
    ValueMapper<IndexedRecord, IndexedRecord> doubled =
        value -> specific ? doubled((ScoredRecord) value) : doubled((GenericRecord) value);

    // When
    try (KafkaStreams streams = streams(in, out, specific, doubled)) {
      streams.start();
      try (KafkaProducer<String, ScoredRecord> producer = new KafkaProducer<>(producer())) {
        for (int i = 0; i < 3; i++) {
          producer.send(new ProducerRecord<>(in, "k" + i, record(i))).get();
        }
      }

      // Then: read into the generated class, whatever it was written from
      try (KafkaConsumer<String, ScoredRecord> consumer = new KafkaConsumer<>(consumer())) {
        consumer.subscribe(List.of(out));
        List<ScoredRecord> read = new ArrayList<>();
        Await.until(
            "three records",
            () -> {
              consumer.poll(Duration.ofMillis(100)).forEach(each -> read.add(each.value()));
              return read.size() >= 3;
            });
        assertThat(read).containsExactly(record(0), record(2), record(4));
      }
    }
    try (SchemaRegistry client = SchemaRegistries.open(client(Map.of()))) {
      // The strategy that was set, for the producer and for Streams
      assertThat(client.subjects())
          .contains(in + "-dev.weir.schemas.ScoredRecord", out + "-dev.weir.schemas.ScoredRecord");
    }
  }

  private KafkaStreams streams(
      String in, String out, boolean specific, ValueMapper<IndexedRecord, IndexedRecord> mapper) {
    Properties settings = new Properties();
    settings.putAll(client(Map.of()));
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "serdes-" + specific);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(
        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.Serdes$StringSerde");
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, AvroSerde.class.getName());
    settings.put("specific.avro.reader", specific);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    StreamsBuilder builder = new StreamsBuilder();
    builder.<String, IndexedRecord>stream(in).mapValues(mapper).to(out);
    return new KafkaStreams(builder.build(), settings);
  }

  private static Map<String, Object> producer() {
    return client(
        Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class.getName()));
  }

  private static Map<String, Object> consumer() {
    return client(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            "serdes-" + System.nanoTime(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            StringDeserializer.class.getName(),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            AvroDeserializer.class.getName(),
            "specific.avro.reader",
            true));
  }

  /** What all of them have in common; the keys are Confluent's. */
  private static Map<String, Object> client(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put(
        "value.subject.name.strategy",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
    return settings;
  }

  private static SpecificRecord doubled(ScoredRecord value) {
    return ScoredRecord.newBuilder(value).setScore(2 * value.getScore()).build();
  }

  private static GenericRecord doubled(GenericRecord value) {
    GenericData.Record copy = new GenericData.Record((GenericData.Record) value, true);
    copy.put("score", 2 * (double) value.get("score"));
    return copy;
  }

  private static ScoredRecord record(double score) {
    return ScoredRecord.newBuilder()
        .setWarmingUp(false)
        .setEventTime(Instant.ofEpochMilli(1))
        .setModelName("m")
        .setModelVersion("1")
        .setScore(score)
        .setProbability(0.5)
        .setAnomalous(false)
        .setSourceTopic("t")
        .setSourcePartition(0)
        .setSourceOffset(7)
        .build();
  }
}
