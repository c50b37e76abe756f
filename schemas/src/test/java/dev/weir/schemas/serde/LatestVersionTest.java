package dev.weir.schemas.serde;

import static dev.weir.schemas.TestRecords.POINT;
import static dev.weir.schemas.TestRecords.POINT_WITHOUT_DEFAULT;
import static dev.weir.schemas.TestRecords.POINT_WITH_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.Alert;
import dev.weir.schemas.TestRecords;
import dev.weir.schemas.registry.Compatibility;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestVersionTest {
  private static final String SCOPE = "latest-version-test";
  private static final String TOPIC = "points";
  private static final String SUBJECT = "points-value";

  private final MockSchemaRegistry registry = MockSchemaRegistry.ofScope(SCOPE);

  @AfterEach
  void dropScope() {
    MockSchemaRegistry.drop(SCOPE);
  }

  @Test
  void shouldWriteWithTheSubjectsLatestSchema() {
    // Given
    registry.register(SUBJECT, POINT);
    int latest = registry.register(SUBJECT, POINT_WITH_DEFAULT);
    AvroSerde<GenericRecord> serde = serde(Map.of());

    // When
    byte[] first = serde.serializer().serialize(TOPIC, point(POINT, 3));
    byte[] second = serde.serializer().serialize(TOPIC, point(POINT, 4));

    // Then
    assertThat(WireFormat.schemaId(first)).isEqualTo(latest);
    assertThat(serde.deserializer().deserialize(TOPIC, first))
        .isEqualTo(new GenericRecordBuilder(POINT_WITH_DEFAULT).set("x", 3).set("y", 7).build());
    assertThat(serde.deserializer().deserialize(TOPIC, second).get("x")).isEqualTo(4);
  }

  @Test
  void shouldMatchFieldsByName() {
    // Given
    Schema swapped =
        TestRecords.parse(
            """
            {"type": "record", "name": "Point", "namespace": "test", "fields": [
             {"name": "y", "type": "long"}, {"name": "x", "type": "long"}]}""");
    registry.register(SUBJECT, swapped);
    AvroSerde<GenericRecord> serde = serde(Map.of());

    // When
    GenericRecord own =
        new GenericRecordBuilder(POINT_WITHOUT_DEFAULT).set("x", 1).set("y", 2).build();
    byte[] bytes = serde.serializer().serialize(TOPIC, own);

    // Then
    assertThat(serde.deserializer().deserialize(TOPIC, bytes))
        .isEqualTo(new GenericRecordBuilder(swapped).set("x", 1L).set("y", 2L).build());
  }

  @Test
  void shouldWriteAsItIsWhatHasTheLatestSchema() {
    registry.register("alerts-value", Alert.getClassSchema());
    AvroSerde<Alert> serde = serde(Map.of("specific.avro.reader", true));
    byte[] bytes = serde.serializer().serialize("alerts", TestRecords.alert());
    assertThat(serde.deserializer().deserialize("alerts", bytes)).isEqualTo(TestRecords.alert());
  }

  @Test
  void shouldConvertGeneratedClasses() {
    // Given: a later schema with one field more, before the others
    Schema later =
        TestRecords.parse(
            Alert.getClassSchema()
                .toString()
                .replace(
                    "\"fields\":[{\"name\":\"id\"",
                    "\"fields\":[{\"name\":\"incident\",\"type\":\"string\",\"default\":\"\"},"
                        + "{\"name\":\"id\""));
    int id = registry.register("alerts-value", later);
    AvroSerde<Alert> serde = serde(Map.of("specific.avro.reader", true));

    // When
    byte[] bytes = serde.serializer().serialize("alerts", TestRecords.alert());

    // Then
    assertThat(WireFormat.schemaId(bytes)).isEqualTo(id);
    assertThat(serde.deserializer().deserialize("alerts", bytes)).isEqualTo(TestRecords.alert());
  }

  @Test
  void shouldRefuseWhatTheLatestSchemaCannotReadUnlessToldNotTo() {
    // Given: a latest schema whose y must not be null
    Schema nullable =
        TestRecords.parse(
            """
            {"type": "record", "name": "Point", "namespace": "test", "fields": [
             {"name": "x", "type": "int"}, {"name": "y", "type": ["null", "int"]}]}""");
    registry.setCompatibility(SUBJECT, Compatibility.NONE);
    registry.register(SUBJECT, POINT_WITHOUT_DEFAULT);
    GenericRecord fits = new GenericRecordBuilder(nullable).set("x", 1).set("y", 2).build();
    GenericRecord doesNot = new GenericRecordBuilder(nullable).set("x", 1).set("y", null).build();

    // Then
    AvroSerde<GenericRecord> strict = serde(Map.of());
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> strict.serializer().serialize(TOPIC, fits))
        .withMessageContainingAll(SUBJECT, "latest.compatibility.strict=false");

    AvroSerde<GenericRecord> lenient = serde(Map.of("latest.compatibility.strict", false));
    byte[] bytes = lenient.serializer().serialize(TOPIC, fits);
    assertThat(lenient.deserializer().deserialize(TOPIC, bytes).get("y")).isEqualTo(2);
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> lenient.serializer().serialize(TOPIC, doesNot))
        .withMessageContaining(TOPIC);
    assertThat(lenient.serializer().serialize(TOPIC, fits)).isEqualTo(bytes);
  }

  @Test
  void shouldSayThatTheSubjectIsMissing() {
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> serde(Map.of()).serializer().serialize(TOPIC, point(POINT, 3)))
        .withMessageContaining(SUBJECT);
  }

  @Test
  void shouldRefuseToRegisterAtTheSameTime() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> serde(Map.of("auto.register.schemas", true)))
        .withMessageContainingAll("use.latest.version", "auto.register.schemas=false");
  }

  private <T extends IndexedRecord> AvroSerde<T> serde(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>();
    config.put("auto.register.schemas", false);
    config.put("use.latest.version", true);
    config.putAll(more);
    AvroSerde<T> serde = new AvroSerde<>(registry);
    serde.configure(config, false);
    return serde;
  }

  private static GenericRecord point(Schema schema, int x) {
    return new GenericRecordBuilder(schema).set("x", x).build();
  }
}
