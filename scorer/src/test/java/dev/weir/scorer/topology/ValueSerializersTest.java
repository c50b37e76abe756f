package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.secret.Secrets;
import dev.weir.schemas.serde.AvroSerializer;
import dev.weir.schemas.serde.WireFormat;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Configs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueSerializersTest {
  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);

  @AfterEach
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  @Test
  void shouldWriteByWeirsSerializerUnlessToldOtherwise() {
    assertThat(ValueSerializers.of(Configs.of(), registry)).isInstanceOf(AvroSerializer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock://elsewhere", "${env:PATH}"})
  void shouldWriteByTheSerdeThatIsNamed(String url) {
    // Given
    ScorerConfig config =
        Configs.of(
            "kafka.default.value.serde=" + Shouting.class.getName(),
            "schemaRegistry.schema.registry.url=" + url);
    try (TopologyFixture fixture = new TopologyFixture(config, scope, registry)) {
      // When
      fixture.pipe("k", "{\"cpu\": 30}");

      // Then
      TestOutputTopic<byte[], byte[]> alerts =
          fixture.driver.createOutputTopic(
              config.pipelines().get(0).alertsTopic(),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      assertThat(new String(alerts.readValue(), StandardCharsets.UTF_8))
          .startsWith("metrics-alerts " + Secrets.resolve("url", url) + " WEIR-TEST")
          .doesNotContain("${");
    }
  }

  @Test
  void shouldGiveWeirsOwnSerdeARegistryOfItsOwn() {
    // Given
    ScorerConfig config =
        Configs.of(
            "kafka.default.value.serde=dev.weir.schemas.serde.AvroSerde",
            "schemaRegistry.schema.registry.url=mock://" + scope,
            "schemaRegistry.value.subject.name.strategy=RecordNameStrategy");
    try (TopologyFixture fixture = new TopologyFixture(config, scope, registry)) {
      // When
      fixture.pipe("k", "{\"cpu\": 30}");

      // Then
      TestOutputTopic<byte[], byte[]> alerts =
          fixture.driver.createOutputTopic(
              config.pipelines().get(0).alertsTopic(),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      assertThat(WireFormat.schemaId(alerts.readValue()))
          .isEqualTo(registry.latest("dev.weir.schemas.Alert").id());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde, WEIR_CLASS_PATH",
    "java.lang.String, is no serde",
    "dev.weir.scorer.topology.ValueSerializersTest$Closed, is no serde"
  })
  void shouldSayWhatIsWrongWithASerde(String name, String why) {
    ScorerConfig config = Configs.of("kafka.default.value.serde=" + name);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ValueSerializers.of(config, registry))
        .withMessageContainingAll("'kafka.default.value.serde'", name, why);
  }

  /** A serde that nobody can make. */
  abstract static class Closed implements Serde<SpecificRecord> {}

  /** In the place of somebody else's serde, which Kafka makes and configures. */
  public static final class Shouting implements Serde<SpecificRecord> {
    @Override
    public Serializer<SpecificRecord> serializer() {
      return new Serializer<>() {
        private String url;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
          url = (String) configs.get("schema.registry.url");
        }

        @Override
        public byte[] serialize(String topic, SpecificRecord data) {
          String pipeline = ((Alert) data).getPipeline().toUpperCase(java.util.Locale.ROOT);
          return (topic + " " + url + " " + pipeline).getBytes(StandardCharsets.UTF_8);
        }
      };
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
      throw new UnsupportedOperationException("nothing is read by it");
    }
  }
}
