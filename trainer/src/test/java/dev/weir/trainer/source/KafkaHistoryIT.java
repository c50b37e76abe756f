package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.model.feature.Transform;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaDefinition;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaType;
import dev.weir.schemas.serde.WireFormat;
import dev.weir.trainer.config.ColumnRule;
import dev.weir.trainer.config.ColumnType;
import dev.weir.trainer.config.Exclusion;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.KafkaSourceConfig;
import dev.weir.trainer.data.History;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class KafkaHistoryIT {
  private static final long START = Instant.parse("2026-10-01T00:00:00Z").toEpochMilli();

  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void shouldReadAllPartitionsInOrderOfTime() {
    // Given records whose time falls as their partition rises
    createTopic("ordered", 3);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 6000; i++) {
        send(producer, "ordered", 2 - i % 3, START + i, "{\"a\": " + i + ", \"host\": \"x\"}");
      }
    }
    List<Long> reported = new ArrayList<>();

    // When
    History history =
        KafkaHistory.read(
            source("ordered", null, null), FeatureSelection.ALL, Plans.ROWS, reported::add);

    // Then
    assertThat(history.features().names()).containsExactly("a");
    assertThat(history.origin()).isEqualTo("topic ordered");
    assertThat(history.rejected()).isZero();
    float[] values = history.rows().copy();
    assertThat(values).hasSize(6000);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i);
    }
  }

  @Test
  void shouldReadRecordsOfOneTimeInSameOrderEachTime() {
    // Given many records of one moment, unevenly spread, and more than one poll brings
    createTopic("ties", 4);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 12_000; i++) {
        send(producer, "ties", i % 7 % 4, START, "{\"a\": " + i + "}");
      }
    }

    // When
    String first = read("ties", null, null).rows().fingerprint();
    KafkaSourceConfig inSmallBites =
        new KafkaSourceConfig(
            "ties",
            null,
            null,
            settings(Map.of("max.poll.records", "17", "fetch.max.bytes", "999")),
            null,
            null);
    History again = KafkaHistory.read(inSmallBites, FeatureSelection.ALL, Plans.ROWS, rows -> {});

    // Then
    assertThat(again.rows().count()).isEqualTo(12_000);
    assertThat(again.rows().fingerprint()).isEqualTo(first);
  }

  @Test
  void shouldStartAndStopAtTimes() {
    // Given
    createTopic("timed", 2);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 100; i++) {
        send(producer, "timed", i % 2, START + i * 1000L, "{\"a\": " + i + "}");
      }
    }

    // When
    float[] middle = read("timed", "2026-10-01T00:00:10Z", "2026-10-01T00:00:14Z").rows().copy();
    float[] end = read("timed", "2026-10-01T00:01:38Z", null).rows().copy();
    float[] beginning = read("timed", "earliest", "2026-10-01T00:00:01.001Z").rows().copy();

    // Then the first time is in, the last one is not
    assertThat(middle).containsExactly(10, 11, 12, 13);
    assertThat(end).containsExactly(98, 99);
    assertThat(beginning).containsExactly(0, 1);
    assertThatThrownBy(() -> read("timed", "2027-01-01T00:00:00Z", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "topic timed has no record from 2027-01-01T00:00:00Z to latest; check source.topic,"
                + " source.from and source.to");
  }

  @Test
  void shouldCountRecordsThatCannotBeEncoded() {
    // Given
    createTopic("dirty", 1);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "dirty", 0, START, "not json");
      send(producer, "dirty", 0, START + 1, "{\"a\": 1, \"b\": {\"c\": 10}}");
      send(producer, "dirty", 0, START + 2, "{\"a\": \"text\", \"b\": {\"c\": 20}}");
      send(producer, "dirty", 0, START + 3, null);
      send(producer, "dirty", 0, START + 4, "{\"a\": 1e300}");
      send(producer, "dirty", 0, START + 5, "{\"other\": null}");
      send(producer, "dirty", 0, START + 6, "{\"a\": 3, \"b\": null, \"host\": \"x\"}");
      send(producer, "dirty", 0, START + 7, "{\"a\": null}");
    }

    // When
    FeatureSelection selection = new FeatureSelection(null, List.of("other"));
    History history =
        KafkaHistory.read(source("dirty", null, null), selection, Plans.ROWS, rows -> {});

    // Then
    assertThat(history.features().names()).containsExactly("a", "b.c");
    assertThat(history.rows().copy()).containsExactly(1, 10, 3, Float.NaN);
    assertThat(history.rejected()).isEqualTo(6);
    assertThat(history.notes())
        .satisfiesExactly(
            note -> assertThat(note).contains("not numeric").contains("left out: host."),
            note ->
                assertThat(note)
                    .startsWith("6 records could not be encoded and were left out; the first one,")
                    .contains("partition 0, offset 0"));
    assertThat(history.spreads()).hasSize(2);
    assertThat(history.spreads().get(0).mean()).isEqualTo(2);
  }

  @Test
  void shouldReadAvroWhoseSchemaChanges() {
    // Given records of two versions of a schema, a stranger, and one whose header names its schema
    createTopic("avro", 1);
    SchemaRegistry registry = MockSchemaRegistry.ofScope("kafka-history");
    SchemaDefinition first =
        schema(
            "{'name': 'cpu', 'type': 'float'}",
            "{'name': 'host', 'type': 'string'}",
            "{'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}}",
            "{'name': 'disk', 'type': ['null', {'type': 'record', 'name': 'Disk', 'fields':"
                + " [{'name': 'used', 'type': 'double'}]}], 'default': null}",
            "{'name': 'tags', 'type': {'type': 'map', 'values': 'int'}}");
    SchemaDefinition second =
        schema(
            "{'name': 'memory', 'type': ['null', 'long'], 'default': null}",
            "{'name': 'cpu', 'type': 'double'}");
    int firstId = registry.register("avro-value", first);
    int secondId = registry.register("avro-value", second);
    // cpu 1.5, host "x", at 1, disk.used 0.25, tags {rack: 7}
    byte[] old = {
      0, 0, -64, 63, 2, 'x', 2, 2, 0, 0, 0, 0, 0, 0, -48, 63, 2, 8, 'r', 'a', 'c', 'k', 14, 0
    };
    // memory 3, cpu 2.5
    byte[] young = {2, 6, 0, 0, 0, 0, 0, 0, 4, 64};
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "avro", START, WireFormat.frame(firstId, old));
      send(producer, "avro", START + 1, "not Avro".getBytes(StandardCharsets.UTF_8));
      send(producer, "avro", START + 2, WireFormat.frame(secondId, young));
      send(producer, "avro", START + 3, WireFormat.frame(4711, young));
      RecordHeaders header = new RecordHeaders();
      header.add("__value_schema_id", ByteBuffer.allocate(5).putInt(1, secondId).array());
      var unused = producer.send(new ProducerRecord<>("avro", 0, START + 4, null, young, header));
    }
    KafkaSourceConfig config =
        new KafkaSourceConfig(
            "avro",
            RecordFormat.AVRO,
            Map.of("schema.registry.url", "mock://kafka-history"),
            settings(Map.of()),
            null,
            null);

    // When
    History all = Histories.read(config, FeatureSelection.ALL, Plans.ROWS, rows -> {});
    History named =
        Histories.read(
            config, new FeatureSelection(List.of("tags.rack", "c*"), null), Plans.ROWS, rows -> {});

    // Then
    assertThat(all.features().names()).containsExactly("cpu", "disk.used", "memory");
    assertThat(all.rows().copy())
        .containsExactly(1.5f, 0.25f, Float.NaN, 2.5f, Float.NaN, 3, 2.5f, Float.NaN, 3);
    assertThat(all.rejected()).isEqualTo(2);
    assertThat(named.features().names()).containsExactly("cpu", "tags.rack");
    assertThat(named.rows().copy()).startsWith(1.5f, 7);
  }

  @Test
  void shouldReadJsonInFramesAndItemsOfArrays() {
    // Given
    createTopic("framed", 1);
    int id =
        MockSchemaRegistry.ofScope("framed-history")
            .register("framed-value", new SchemaDefinition(SchemaType.JSON, "{}", List.of()));
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 3; i++) {
        byte[] json =
            "{\"a\": %d, \"cores\": [10, %d]}".formatted(i, i).getBytes(StandardCharsets.UTF_8);
        send(producer, "framed", START + i, WireFormat.frame(id, json));
        send(producer, "framed", START + i, WireFormat.frame(4711, json));
      }
    }
    KafkaSourceConfig config =
        new KafkaSourceConfig(
            "framed",
            RecordFormat.JSON_SCHEMA,
            Map.of("schema.registry.url", "mock://framed-history"),
            settings(Map.of()),
            null,
            null);

    // When
    History all = Histories.read(config, FeatureSelection.ALL, Plans.ROWS, rows -> {});
    History named =
        Histories.read(
            config, new FeatureSelection(List.of("cores.1"), null), Plans.ROWS, rows -> {});

    // Then
    assertThat(all.features().names()).containsExactly("a");
    assertThat(all.rows().copy()).containsExactly(0, 1, 2);
    assertThat(named.rows().copy()).containsExactly(0, 1, 2);
  }

  @Test
  void shouldSayThatTopicHoldsNoAvro() {
    // Given
    createTopic("no-avro", 1);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "no-avro", 0, START, "{\"a\": 1}");
    }

    // When / Then
    assertThatThrownBy(() -> readAvro("no-avro", "mock://kafka-history"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "none of the first 1 records of topic no-avro is a record of format avro with fields"
                + " (the value begins with the byte 0x7b");
  }

  @Test
  void shouldSayThatRegistryDoesNotAnswer() {
    // Given
    createTopic("no-registry", 1);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "no-registry", START, WireFormat.frame(1, new byte[] {2}));
    }

    // When / Then
    assertThatThrownBy(() -> readAvro("no-registry", "http://127.0.0.1:1"))
        .isInstanceOf(OperationFailedException.class)
        .hasMessageStartingWith("cannot read topic no-registry: ")
        .hasMessageContaining("http://127.0.0.1:1");
    assertThatThrownBy(() -> readAvro("no-registry", "ftp://127.0.0.1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("a setting under 'source.schemaRegistry' is wrong: ");
  }

  private static History readAvro(String topic, String registry) {
    Map<String, String> settings = Map.of("schema.registry.url", registry, "max.retries", "0");
    KafkaSourceConfig config =
        new KafkaSourceConfig(topic, RecordFormat.AVRO, settings, settings(Map.of()), null, null);
    return Histories.read(config, FeatureSelection.ALL, Plans.ROWS, rows -> {});
  }

  @Test
  void shouldKeepStateOfEachKeyAndLearnCategories() {
    // Given keyed records, a late one among them, and records without a key
    createTopic("keyed", 2);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "keyed", 0, "x", START, "{'host': 'h', 'bytes': 10, 'region': 'eu'}");
      send(producer, "keyed", 0, "y", START + 1000, "{'host': 'h', 'bytes': 5, 'region': 'us'}");
      send(producer, "keyed", 0, "x", START + 2000, "{'bytes': 30, 'region': 'us'}");
      send(producer, "keyed", 0, "x", START + 500, "{'host': 'h', 'bytes': 31, 'up': true}");
      send(producer, "keyed", 1, null, START, "{'host': 'h', 'bytes': 1, 'up': false}");
      send(producer, "keyed", 1, null, START + 1000, "{'bytes': 2, 'up': 1, 'region': 'asia'}");
    }
    FeatureSelection selection =
        new FeatureSelection(
            null,
            List.of(ColumnType.values()),
            List.of("host"),
            List.of(
                new ColumnRule(
                    "bytes", null, List.of(Transform.NONE, Transform.RATE), null, null, null),
                new ColumnRule("region", null, null, null, 1, null)),
            null,
            null,
            null);

    // When
    KafkaSourceConfig byHost =
        new KafkaSourceConfig("keyed", null, null, "host", settings(Map.of()), null, null);
    History byKey =
        KafkaHistory.read(source("keyed", null, null), selection, Plans.ROWS, rows -> {});
    History byField = KafkaHistory.read(byHost, selection, Plans.ROWS, rows -> {});

    // Then
    assertThat(byKey.features().names()).containsExactly("bytes", "bytes.rate", "region", "up");
    assertThat(byKey.features().features().get(2).categories()).containsExactly("us");
    assertThat(rates(byKey))
        .isEqualTo(
            Map.of(10f, Float.NaN, 5f, Float.NaN, 30f, 10f, 31f, Float.NaN, 1f, Float.NaN, 2f, 1f));
    // The late one comes after the key's newest, as it arrived.
    float[] values = byKey.rows().copy();
    assertThat(List.of(values[16], values[20])).containsExactly(30f, 31f);
    assertThat(byKey.linked().previous()[5]).isEqualTo(4);
    // Of the records without a host, those of one partition belong together.
    assertThat(rates(byField)).containsEntry(30f, Float.NaN).containsEntry(2f, Float.NaN);
    assertThat(byField.linked().previous()).contains(-1);
  }

  @Test
  void shouldLeaveOutPeriodsAndSample() {
    // Given an hour of records, those of a bad period without any sense
    createTopic("partial", 2);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 3600; i++) {
        String value = i >= 600 && i < 1200 ? "bad" : "{\"a\": " + i + "}";
        send(producer, "partial", i % 2, START + i * 1000L, value);
      }
    }
    List<Exclusion> exclude =
        List.of(new Exclusion("2026-10-01T00:10:00Z", "2026-10-01T00:20:00Z"));

    // When
    History history =
        KafkaHistory.read(partial(exclude, null), FeatureSelection.ALL, Plans.ROWS, rows -> {});
    History sampled =
        KafkaHistory.read(partial(exclude, 500), FeatureSelection.ALL, Plans.ROWS, rows -> {});

    // Then
    assertThat(history.rows().count()).isEqualTo(3000);
    assertThat(history.rejected()).isZero();
    assertThat(history.rows().at(600, 0)).isEqualTo(1200);
    assertThat(history.linked().previous()[599]).isEqualTo(597);
    assertThat(history.linked().previous()[600]).isEqualTo(-1);
    assertThat(history.linked().previous()[602]).isEqualTo(600);
    assertThat(history.notes())
        .containsExactly(
            "rows in the periods of source.exclude were left out: 600; what looks back begins anew"
                + " after each period");
    assertThat(sampled.rows().copy()).hasSize(500).isSorted().doesNotHaveDuplicates();
    assertThat(sampled.notes())
        .contains("sampled 500 of 3,000 rows at random, as source.sample asks");
    List<Exclusion> all = List.of(new Exclusion("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"));
    assertThatThrownBy(
            () ->
                KafkaHistory.read(partial(all, null), FeatureSelection.ALL, Plans.ROWS, rows -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "all 3600 records of topic partial from earliest to latest lie in the periods of"
                + " source.exclude");
  }

  private static KafkaSourceConfig partial(List<Exclusion> exclude, Integer sample) {
    return new KafkaSourceConfig(
        "partial", null, null, null, settings(Map.of()), null, null, exclude, sample, null);
  }

  /** The rates by the bytes, of a history whose first two columns these are. */
  private static Map<Float, Float> rates(History history) {
    Map<Float, Float> rates = new HashMap<>();
    float[] values = history.rows().copy();
    for (int i = 0; i < values.length; i += history.features().width()) {
      rates.put(values[i], values[i + 1]);
    }
    return rates;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      int partition,
      String key,
      long time,
      String value) {
    byte[] bytes = value.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    var unused = producer.send(new ProducerRecord<>(topic, partition, time, keyBytes, bytes));
  }

  private static SchemaDefinition schema(String... fields) {
    String text =
        "{'type': 'record', 'name': 'Metrics', 'fields': [%s]}"
            .formatted(String.join(", ", fields))
            .replace('\'', '"');
    return new SchemaDefinition(SchemaType.AVRO, text, List.of());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, long time, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, 0, time, null, value));
  }

  @Test
  void shouldReadCommittedRecordsOnly() {
    // Given a transaction that was aborted, one that was committed, and one that is open
    createTopic("transacted", 2);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "history"))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "transacted", 0, START, "{\"a\": 1}");
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, "transacted", 0, START + 1, "{\"a\": 2}");
      send(producer, "transacted", 1, START + 2, "{\"a\": 3}");
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer, "transacted", 0, START + 3, "{\"a\": 4}");
      producer.flush();

      // When
      History history = read("transacted", null, null);

      // Then
      assertThat(history.rows().copy()).containsExactly(2, 3);
      producer.abortTransaction();
    }
  }

  @Test
  void shouldNameTopicThatIsNotThere() {
    // When / Then
    assertThatThrownBy(() -> read("absent", null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "there is no topic absent on the broker at "
                + broker.bootstrapServers()
                + "; check source.topic and source.kafka.bootstrap.servers");
  }

  @Test
  void shouldNameTopicThatIsEmpty() {
    // Given
    createTopic("empty", 2);

    // When / Then
    assertThatThrownBy(() -> read("empty", null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "topic empty has no record from earliest to latest; check source.topic, source.from and"
                + " source.to");
  }

  @Test
  void shouldSayThatTopicHoldsNoJson() {
    // Given
    createTopic("text", 1);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "text", 0, START, "a line");
      send(producer, "text", 0, START, "another");
    }

    // When / Then
    assertThatThrownBy(() -> read("text", null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "none of the first 2 records of topic text is a JSON object with fields; check"
                + " source.topic and the format of its records");
  }

  @Test
  void shouldNameFirstRecordIfNoneCanBeEncoded() {
    // Given
    createTopic("infinite", 1);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      send(producer, "infinite", 0, START, "{\"a\": 1e300}");
      send(producer, "infinite", 0, START, "{\"a\": 1e301}");
    }

    // When / Then
    assertThatThrownBy(() -> read("infinite", null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "none of the 2 records of topic infinite can be encoded; the first one, partition 0,"
                + " offset 0: field 'a' is infinite");
  }

  @Test
  void shouldRefuseSettingsThatAreNone() {
    // When / Then
    KafkaSourceConfig config =
        new KafkaSourceConfig(
            "any", null, null, settings(Map.of("max.poll.records", "many")), null, null);
    assertThatThrownBy(
            () -> KafkaHistory.read(config, FeatureSelection.ALL, Plans.ROWS, rows -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("source.kafka")
        .hasMessageContaining("max.poll.records");
  }

  @Test
  void shouldGiveUpOnBrokerThatIsNotThereWithoutFloodingLog() throws IOException {
    // Given a port at which nobody listens
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String servers = "127.0.0.1:" + port;
    KafkaSourceConfig config =
        new KafkaSourceConfig(
            "any",
            null,
            null,
            Map.of("bootstrap.servers", servers, "default.api.timeout.ms", "4000"),
            null,
            null);

    // When / Then
    try (CapturedLog log = CapturedLog.of("org.apache.kafka")) {
      assertThatThrownBy(
              () -> KafkaHistory.read(config, FeatureSelection.ALL, Plans.ROWS, rows -> {}))
          .isInstanceOf(OperationFailedException.class)
          .hasMessageStartingWith("cannot read topic any from the broker at " + servers + ": ")
          .hasMessageContaining("is source.kafka.bootstrap.servers right");
      assertThat(log.warnings()).hasSizeBetween(1, 20);
    }
  }

  @Test
  void shouldSayThatHostIsUnknown() {
    // Given
    KafkaSourceConfig config =
        new KafkaSourceConfig(
            "any",
            null,
            null,
            Map.of(
                "bootstrap.servers", "no-such-host.invalid:9092", "default.api.timeout.ms", "2000"),
            null,
            null);

    // When / Then
    assertThatThrownBy(
            () -> KafkaHistory.read(config, FeatureSelection.ALL, Plans.ROWS, rows -> {}))
        .isInstanceOfAny(InvalidInputException.class, OperationFailedException.class)
        .hasMessageContaining("source.kafka")
        .hasMessageContaining("bootstrap");
  }

  private static History read(String topic, String from, String to) {
    return Histories.read(source(topic, from, to), FeatureSelection.ALL, Plans.ROWS, rows -> {});
  }

  private static KafkaSourceConfig source(String topic, String from, String to) {
    return new KafkaSourceConfig(topic, null, null, settings(Map.of()), from, to);
  }

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return settings;
  }

  /**
   * Creates a topic and waits until the leaders of its partitions answer; until then, a producer's
   * first batch may be refused and its second one taken, and it never gets over that.
   */
  private static void createTopic(String name, int partitions) {
    broker.createTopic(name, partitions);
    Map<TopicPartition, OffsetSpec> all =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(name, partition))
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    try (Admin admin = Admin.create(new HashMap<>(settings(Map.of())))) {
      admin.listOffsets(all).all().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    return new KafkaProducer<>(
        new HashMap<>(settings(more)), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      int partition,
      long time,
      String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    var unused = producer.send(new ProducerRecord<>(topic, partition, time, null, bytes));
  }
}
