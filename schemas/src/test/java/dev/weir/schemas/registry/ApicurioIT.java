package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static dev.weir.schemas.TestRecords.POINT_WITHOUT_DEFAULT;
import static dev.weir.schemas.TestRecords.POINT_WITH_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.apicurio.ApicurioServer;
import dev.weir.schemas.Alert;
import dev.weir.schemas.TestRecords;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import dev.weir.schemas.serde.AvroSerde;
import dev.weir.schemas.serde.WireFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** The client and the serdes against a registry that nobody here wrote. */
@Timeout(60)
class ApicurioIT {
  private static ApicurioServer server;

  private SchemaRegistry registry;

  /** One for each test, so that none sees another's versions. */
  private String subject;

  @BeforeAll
  static void startServer() throws Exception {
    server = ApicurioServer.start(Path.of("target", "apicurio.log"));
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open(TestInfo test) {
    registry = SchemaRegistries.open(config(Map.of()));
    subject = test.getTestMethod().orElseThrow().getName() + "-value";
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldRegisterAndFindASchema() {
    // When
    int id = registry.register(subject, POINT);

    // Then: by a client that remembers nothing
    try (SchemaRegistry other = SchemaRegistries.open(config(Map.of()))) {
      assertThat(other.register(subject, POINT)).isEqualTo(id);
      assertThat(other.lookUp(subject, POINT)).isEqualTo(id);
      assertThat(other.byId(id)).isEqualTo(POINT);
      assertThat(other.fetch(id).type()).isEqualTo(SchemaType.AVRO);
    }
    assertThat(registry.subjects()).contains(subject);
  }

  @Test
  void shouldFindVersions() {
    // Given
    int first = registry.register(subject, POINT);
    int second = registry.register(subject, POINT_WITH_DEFAULT);

    // Then
    assertThat(registry.versions(subject)).containsExactly(1, 2);
    assertThat(registry.version(subject, 1).id()).isEqualTo(first);
    assertThat(registry.latest(subject))
        .isEqualTo(
            new SchemaVersion(subject, 2, second, SchemaDefinition.avro(POINT_WITH_DEFAULT)));
  }

  @Test
  void shouldSayWhatIsNotThere() {
    registry.register(subject, POINT);

    assertFailure(Kind.NOT_FOUND, 40403, () -> registry.byId(1_000_000));
    assertFailure(Kind.NOT_FOUND, 40401, () -> registry.latest("no such subject"));
    assertFailure(Kind.NOT_FOUND, 40402, () -> registry.version(subject, 7));
    assertFailure(Kind.NOT_FOUND, 40401, () -> registry.lookUp("no such subject", POINT));
    // It knows no GUIDs.
    assertFailure(Kind.NOT_FOUND, 0, () -> registry.fetch(new UUID(1, 2)));
  }

  @Test
  void shouldSayThatASchemaIsNotValid() {
    SchemaDefinition nonsense = new SchemaDefinition(SchemaType.AVRO, "nonsense", List.of());
    assertFailure(Kind.UNUSABLE, 42201, () -> registry.register(subject, nonsense));
  }

  @Test
  void shouldKeepToARule() {
    // Given
    registry.register(subject, POINT);
    registry.setCompatibility(subject, Compatibility.BACKWARD);
    assertThat(registry.compatibility(subject)).isEqualTo(Compatibility.BACKWARD);

    // Then
    assertThat(registry.incompatibilities(subject, SchemaDefinition.avro(POINT_WITH_DEFAULT)))
        .isEmpty();
    assertThat(registry.incompatibilities(subject, SchemaDefinition.avro(POINT_WITHOUT_DEFAULT)))
        .isNotEmpty();
    assertFailure(Kind.INCOMPATIBLE, 409, () -> registry.register(subject, POINT_WITHOUT_DEFAULT));

    registry.setCompatibility(subject, Compatibility.NONE);
    assertThat(registry.compatibility(subject)).isEqualTo(Compatibility.NONE);
    assertThat(registry.register(subject, POINT_WITHOUT_DEFAULT)).isPositive();
  }

  @Test
  void shouldResolveReferences() {
    // Given: a path of lines of points
    registry.register(subject + "-point", POINT);
    SchemaDefinition line =
        new SchemaDefinition(
            SchemaType.AVRO,
            """
            {"type": "record", "name": "Line", "namespace": "test", "fields": [
             {"name": "from", "type": "test.Point"}, {"name": "to", "type": "test.Point"}]}""",
            List.of(new SchemaReference("test.Point", subject + "-point", 1)));
    registry.register(subject + "-line", line);
    SchemaDefinition path =
        new SchemaDefinition(
            SchemaType.AVRO,
            """
            {"type": "record", "name": "Path", "namespace": "test", "fields": [
             {"name": "lines", "type": {"type": "array", "items": "test.Line"}}]}""",
            List.of(new SchemaReference("test.Line", subject + "-line", 1)));

    // When
    int id = registry.register(subject, path);

    // Then
    try (SchemaRegistry other = SchemaRegistries.open(config(Map.of()))) {
      RegisteredSchema fetched = other.fetch(id);
      assertThat(fetched.references()).isEqualTo(path.references());
      assertThat(fetched.dependencies())
          .extracting(d -> d.reference().name())
          .containsExactly("test.Point", "test.Line");
      assertThat(other.byId(id).getField("lines").schema().getElementType().getField("to").schema())
          .isEqualTo(POINT);
    }
  }

  @Test
  void shouldKeepSchemasOfOtherLanguages() {
    SchemaDefinition json =
        new SchemaDefinition(
            SchemaType.JSON,
            """
            {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
             "properties": {"x": {"type": "number"}}}""",
            List.of());
    SchemaDefinition common =
        new SchemaDefinition(
            SchemaType.PROTOBUF,
            """
            syntax = "proto3";
            package test;
            message Point { int32 x = 1; }
            """,
            List.of());

    assertThat(registry.fetch(registry.register(subject + "-json", json)).type())
        .isEqualTo(SchemaType.JSON);
    RegisteredSchema fetched = registry.fetch(registry.register(subject + "-point", common));
    assertThat(fetched.type()).isEqualTo(SchemaType.PROTOBUF);
    assertThat(fetched.text()).contains("message Point");

    SchemaDefinition line =
        new SchemaDefinition(
            SchemaType.PROTOBUF,
            """
            syntax = "proto3";
            package test;
            import "point.proto";
            message Line { Point from = 1; Point to = 2; }
            """,
            List.of(new SchemaReference("point.proto", subject + "-point", 1)));
    assertThat(registry.fetch(registry.register(subject, line)).dependencies())
        .singleElement()
        .satisfies(d -> assertThat(d.reference().name()).isEqualTo("point.proto"))
        .satisfies(d -> assertThat(d.text()).contains("message Point"));
  }

  @Test
  void shouldCarryRecordsThroughTheSerdes() {
    try (AvroSerde<Alert> writer = serde(Map.of());
        AvroSerde<Alert> reader = serde(Map.of("specific.avro.reader", true))) {
      byte[] bytes = writer.serializer().serialize(subject, TestRecords.alert());

      assertThat(reader.deserializer().deserialize(subject, bytes)).isEqualTo(TestRecords.alert());
      assertThat(registry.latest(subject + "-value").id()).isEqualTo(WireFormat.schemaId(bytes));
    }
  }

  @Test
  void shouldWriteWithTheLatestVersion() {
    // Given
    registry.register(subject, POINT);
    int latest = registry.register(subject, POINT_WITH_DEFAULT);
    String topic = subject.substring(0, subject.length() - "-value".length());

    // When
    try (AvroSerde<GenericRecord> serde =
        serde(Map.of("auto.register.schemas", false, "use.latest.version", true))) {
      GenericRecord point = new GenericRecordBuilder(POINT).set("x", 3).build();
      byte[] bytes = serde.serializer().serialize(topic, point);

      // Then
      assertThat(WireFormat.schemaId(bytes)).isEqualTo(latest);
      assertThat(serde.deserializer().deserialize(topic, bytes).get("y")).isEqualTo(7);
    }
  }

  @Test
  void shouldFindASchemaThatIsWrittenDifferently() {
    // Given: the same schema in another order
    SchemaDefinition reordered =
        new SchemaDefinition(
            SchemaType.AVRO,
            """
            {"namespace": "test", "fields": [{"type": "int", "name": "x"}],
             "name": "Point", "type": "record"}""",
            List.of());
    try (SchemaRegistry normalizing =
        SchemaRegistries.open(config(Map.of("normalize.schemas", true)))) {
      int id = normalizing.register(subject, POINT);
      assertThat(normalizing.register(subject, reordered)).isEqualTo(id);
      assertThat(normalizing.versions(subject)).containsExactly(1);
    }
  }

  private static <T extends IndexedRecord> AvroSerde<T> serde(Map<String, ?> more) {
    AvroSerde<T> serde = new AvroSerde<>();
    serde.configure(config(more), false);
    return serde;
  }

  private static Map<String, Object> config(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", server.url());
    config.putAll(more);
    return config;
  }

  private static void assertFailure(Kind kind, int code, Runnable call) {
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .satisfies(e -> assertThat(e.errorCode()).as(e.getMessage()).isEqualTo(code));
  }
}
