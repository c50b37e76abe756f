package dev.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.Severity;
import dev.weir.schemas.TestRecords;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.WireFormatException.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final String SCOPE = "avro-serde-test";
  private static final String TOPIC = "alerts";

  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(SCOPE);
  private final AvroSerde<Alert> alerts = AvroSerde.specific(registry, Alert.class);
  private final AvroSerde<GenericRecord> generic = AvroSerde.generic(registry);

  @AfterEach
  void dropScope() {
    MockSchemaRegistry.drop(SCOPE);
  }

  @Test
  void shouldReadBackSpecificRecords() {
    assertThat(read(alerts, write(alerts, TestRecords.alert()))).isEqualTo(TestRecords.alert());

    AvroSerde<ScoredRecord> scored = AvroSerde.specific(registry, ScoredRecord.class);
    ScoredRecord record = TestRecords.scoredRecord();
    byte[] bytes = scored.serializer().serialize("scored", record);
    assertThat(scored.deserializer().deserialize("scored", bytes)).isEqualTo(record);
  }

  @Test
  void shouldReadGenericRecordsWithTheWritersSchema() {
    GenericRecord read = read(generic, write(alerts, TestRecords.alert()));

    assertThat(read.get("pipeline")).isEqualTo(new Utf8("fleet"));
    assertThat(read.get("eventTime"))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli());
  }

  @Test
  void shouldReadBackGenericRecords() {
    GenericRecord point = point(TestRecords.POINT, 3);
    assertThat(read(generic, write(generic, point))).isEqualTo(point);
  }

  @Test
  void shouldWriteManyRecordsInTheSameBuffer() {
    byte[] first = write(generic, point(TestRecords.POINT, 1));
    byte[] second = write(generic, point(TestRecords.POINT, 1_000_000));

    assertThat(read(generic, first)).isEqualTo(point(TestRecords.POINT, 1));
    assertThat(read(generic, second)).isEqualTo(point(TestRecords.POINT, 1_000_000));
  }

  @Test
  void shouldWriteTwoSchemasToOneTopic() {
    byte[] first = write(generic, point(TestRecords.POINT, 1));
    byte[] second =
        write(
            generic, new GenericRecordBuilder(TestRecords.POINT_WITH_DEFAULT).set("x", 1).build());

    assertThat(WireFormat.schemaId(first)).isEqualTo(1);
    assertThat(WireFormat.schemaId(second)).isEqualTo(2);
    assertThat(read(generic, second).get("y")).isEqualTo(7);
  }

  @Test
  void shouldPassTombstonesThrough() {
    assertThat(write(alerts, null)).isNull();
    assertThat(read(alerts, null)).isNull();
  }

  @Test
  void shouldRegisterTheSchemaFileAsItIs() throws Exception {
    Schema file = new Schema.Parser().parse(Path.of("src/main/avro/Alert.avsc").toFile());

    int id = WireFormat.schemaId(write(alerts, TestRecords.alert()));

    assertThat(registry.byId(id).toString()).isEqualTo(file.toString());
  }

  @Test
  void shouldResolveTheWritersSchemaToTheReaders() {
    // Given: a later writer with one more field and one more severity
    Schema later =
        TestRecords.parse(
            Alert.getClassSchema()
                .toString()
                .replace("\"CRITICAL\"]", "\"CRITICAL\",\"FATAL\"]")
                .replace(
                    "\"fields\":[{\"name\":\"id\"",
                    "\"fields\":[{\"name\":\"incident\",\"type\":\"string\",\"default\":\"\"},"
                        + "{\"name\":\"id\""));
    GenericData.Record record = new GenericData.Record(later);
    Alert alert = TestRecords.alert();
    alert.getSchema().getFields().stream()
        .filter(f -> f.schema().getType() != Schema.Type.ARRAY)
        .forEach(f -> record.put(f.name(), alert.get(f.pos())));
    record.put("incident", "i-1");
    record.put("eventTime", alert.getEventTime().toEpochMilli());
    record.put("detectionTime", alert.getDetectionTime().toEpochMilli());
    record.put("contributions", List.of());
    record.put(
        "severity", new GenericData.EnumSymbol(later.getField("severity").schema(), "FATAL"));

    // When
    Alert read = read(alerts, write(generic, record));

    // Then
    assertThat(read.getId()).isEqualTo(alert.getId());
    assertThat(read.getEventTime()).isEqualTo(alert.getEventTime());
    assertThat(read.getSeverity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void shouldSayThatARecordIsOfAnotherKind() {
    byte[] point = write(generic, point(TestRecords.POINT, 3));
    assertReason(Reason.SCHEMA_MISMATCH, () -> read(alerts, point));
  }

  @Test
  void shouldSayThatASchemaIsNotARecord() {
    int id = registry.register("text-value", Schema.create(Schema.Type.STRING));
    assertReason(Reason.UNUSABLE_SCHEMA, () -> read(generic, WireFormat.frame(id, new byte[] {0})));
  }

  @Test
  void shouldSayThatARecordDoesNotFitItsSchemaAndWriteTheNext() {
    // Given
    GenericRecord broken = new GenericData.Record(Alert.getClassSchema());
    broken.put("id", "half a record, then nothing");

    // Then
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> write(generic, broken))
        .withMessageContainingAll("topic alerts", "dev.weir.schemas.Alert", "eventTime");
    GenericRecord whole = read(generic, write(alerts, TestRecords.alert()));
    assertThat(read(generic, write(generic, whole))).isEqualTo(whole);
  }

  @Test
  void shouldLetTheRegistrysRefusalThrough() {
    write(generic, point(TestRecords.POINT, 3));
    GenericRecord incompatible =
        new GenericRecordBuilder(TestRecords.POINT_WITHOUT_DEFAULT).set("x", 1).set("y", 2).build();

    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> write(generic, incompatible));
  }

  @Test
  void shouldSayThatThereIsNoRegistry() {
    try (AvroSerde<Alert> serde = new AvroSerde<>()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> write(serde, TestRecords.alert()))
          .withMessageContaining("configure");
      assertThatIllegalStateException()
          .isThrownBy(() -> read(serde, WireFormat.frame(1, new byte[1])));
    }
  }

  @Test
  void shouldKeepTheGivenClassWhenConfigured() {
    alerts.configure(Map.of("specific.avro.reader", "false"), false);
    assertThat(read(alerts, write(alerts, TestRecords.alert()))).isInstanceOf(Alert.class);
  }

  private static GenericRecord point(Schema schema, int x) {
    return new GenericRecordBuilder(schema).set("x", x).build();
  }

  private static <T extends IndexedRecord> byte[] write(AvroSerde<T> serde, T data) {
    return serde.serializer().serialize(TOPIC, data);
  }

  private static <T extends IndexedRecord> T read(AvroSerde<T> serde, byte[] bytes) {
    return serde.deserializer().deserialize(TOPIC, bytes);
  }

  private static void assertReason(Reason reason, Runnable call) {
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
