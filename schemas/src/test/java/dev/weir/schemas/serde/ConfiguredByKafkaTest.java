package dev.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.Alert;
import dev.weir.schemas.TestRecords;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.WireFormatException.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredByKafkaTest {
  private static final String SCOPE = "configured-by-kafka-test";

  @AfterEach
  void dropScope() {
    MockSchemaRegistry.drop(SCOPE);
  }

  @Test
  void shouldBeMadeByProducersAndConsumers() {
    Map<String, Object> config = config(Map.of("schema.registry.url", "http://127.0.0.1:1"));
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, AvroSerializer.class.getName());
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class.getName());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, AvroDeserializer.class.getName());
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, AvroDeserializer.class.getName());

    new KafkaProducer<Alert, Alert>(config).close();
    new KafkaConsumer<Alert, Alert>(config).close();
    config.put("value.subject.name.strategy", "com.example.Mine");
    assertThatExceptionOfType(KafkaException.class)
        .isThrownBy(() -> new KafkaProducer<Alert, Alert>(config))
        .havingCause()
        .isInstanceOf(ConfigException.class)
        .withMessageContainingAll(
            "value.subject.name.strategy", "com.example.Mine", "TopicNameStrategy");
  }

  @Test
  void shouldReadIntoTheGeneratedClassIfToldTo() throws Exception {
    Serde<Alert> serde = serde(Map.of("specific.avro.reader", "true"), false);
    byte[] bytes = serde.serializer().serialize("alerts", TestRecords.alert());
    assertThat(serde.deserializer().deserialize("alerts", bytes)).isEqualTo(TestRecords.alert());
  }

  @Test
  void shouldReadGenericRecordsOtherwise() throws Exception {
    Serde<IndexedRecord> serde = serde(Map.of(), false);
    byte[] bytes = serde.serializer().serialize("alerts", TestRecords.alert());
    assertThat(serde.deserializer().deserialize("alerts", bytes)).isInstanceOf(GenericRecord.class);
  }

  @ParameterizedTest
  @CsvSource({
    "test.NoSuchClass, is not on the class path",
    "java.lang.Thread, is not one that Avro has generated",
    "dev.weir.schemas.serde.Foreign, is not trusted"
  })
  void shouldReadIntoNoOtherClass(String name, String why) throws Exception {
    // Given
    Serde<GenericRecord> serde = serde(Map.of("specific.avro.reader", true), false);
    int dot = name.lastIndexOf('.');
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"namespace\":\"%s\",\"name\":\"%s\",\"fields\":[]}"
                    .formatted(name.substring(0, dot), name.substring(dot + 1)));
    int id = MockSchemaRegistry.ofScope(SCOPE).register("points-value", schema);

    // Then
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(
            () -> serde.deserializer().deserialize("points", WireFormat.frame(id, new byte[0])))
        .withMessageContainingAll(name, why, "specific.avro.reader=false")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_CLASS));
  }

  @Test
  void shouldNotRegisterIfToldNotTo() throws Exception {
    Serde<Alert> finding = serde(Map.of("auto.register.schemas", "false"), false);
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> finding.serializer().serialize("alerts", TestRecords.alert()))
        .withMessageContaining("alerts-value");

    Serde<Alert> registering = serde(Map.of(), false);
    byte[] bytes = registering.serializer().serialize("alerts", TestRecords.alert());

    assertThat(finding.serializer().serialize("alerts", TestRecords.alert())).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "value.subject.name.strategy, TopicNameStrategy, false, t-value",
    "value.subject.name.strategy, TopicNameStrategy, true, t-key",
    "value.subject.name.strategy, io.confluent.kafka.serializers.subject.RecordNameStrategy, false,"
        + " test.Point",
    "value.subject.name.strategy, TopicRecordNameStrategy, false, t-test.Point",
    "key.subject.name.strategy, RecordNameStrategy, true, test.Point",
    "key.subject.name.strategy, RecordNameStrategy, false, t-value"
  })
  void shouldNameSubjectsAsToldTo(String key, String strategy, boolean isKey, String subject)
      throws Exception {
    Serde<GenericRecord> serde = serde(Map.of(key, strategy), isKey);

    serde
        .serializer()
        .serialize("t", new GenericRecordBuilder(TestRecords.POINT).set("x", 1).build());

    assertThat(MockSchemaRegistry.ofScope(SCOPE).lookUp(subject, TestRecords.POINT)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "use.latest.version, true",
    "latest.compatibility.strict, perhaps",
    "use.schema.id, 7",
    "use.latest.with.metadata, application=weir",
    "context.name.strategy, com.example.Mine",
    "avro.use.logical.type.converters, true",
    "schema.reflection, true",
    "specific.avro.key.type, com.example.Mine",
    "specific.avro.value.type, com.example.Mine",
    "auto.register.schemas, perhaps",
    "value.subject.name.strategy, com.example.Mine"
  })
  void shouldRefuseWhatItDoesNotSupport(String key, String value) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> serde(Map.of(key, value), false))
        .withMessageContaining(key);
  }

  @Test
  void shouldWorkWithARegistryOverHttp() throws Exception {
    try (LocalRegistryServer server = LocalRegistryServer.start();
        Serde<Alert> writer = serde(Map.of("schema.registry.url", server.url()), false);
        Serde<Alert> reader =
            serde(
                Map.of("schema.registry.url", server.url(), "specific.avro.reader", true), false)) {
      byte[] bytes = writer.serializer().serialize("alerts", TestRecords.alert());
      assertThat(reader.deserializer().deserialize("alerts", bytes)).isEqualTo(TestRecords.alert());
    }
  }

  /** As Kafka Streams makes what {@code default.value.serde} names. */
  private static <T> Serde<T> serde(Map<String, ?> more, boolean isKey) throws Exception {
    @SuppressWarnings("unchecked")
    Serde<T> serde = Utils.newInstance(AvroSerde.class.getName(), Serde.class);
    serde.configure(config(more), isKey);
    return serde;
  }

  private static Map<String, Object> config(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", "mock://" + SCOPE));
    config.putAll(more);
    return config;
  }
}
