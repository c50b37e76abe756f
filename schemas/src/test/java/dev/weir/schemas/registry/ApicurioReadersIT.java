package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.TimestampProto;
import dev.weir.apicurio.ApicurioServer;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records read by schemas that a registry keeps which nobody here wrote. */
@Timeout(60)
class ApicurioReadersIT {
  private static final String CPU = "{\"name\": \"cpu\", \"type\": \"int\"}";
  private static final String DISK = "{\"name\": \"disk\", \"type\": \"test.Disk\"}";

  private static ApicurioServer server;

  private SchemaRegistry registry;

  /** One for each test, so that none sees another's versions. */
  private String subject;

  @BeforeAll
  static void startServer() throws Exception {
    server = ApicurioServer.start(Path.of("target", "apicurio-readers.log"));
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open(TestInfo test) {
    registry = open();
    subject = test.getTestMethod().orElseThrow().getName() + "-value";
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void shouldReadAvroWhoseSchemasReferToOthersAndChange() throws Exception {
    // Given two versions that have a disk's schema from elsewhere
    registry.register(
        subject + "-disk", avro("Disk", "{\"name\": \"used\", \"type\": [\"null\", \"double\"]}"));
    SchemaReference disk = new SchemaReference("test.Disk", subject + "-disk", 1);
    int first = registry.register(subject, avro("Metrics", CPU + ", " + DISK, disk));
    int second =
        registry.register(
            subject,
            avro(
                "Metrics",
                "{\"name\": \"host\", \"type\": \"string\", \"default\": \"\"}, "
                    + DISK
                    + ", "
                    + CPU,
                disk));
    byte[] old = {6, 2, 0, 0, 0, 0, 0, 0, -48, 63};
    byte[] young = {2, 'x', 0, 8};

    try (SchemaRegistry fresh = open()) {
      RecordReader reader = RecordFormat.AVRO.reader(paths("cpu", "disk.used"), fresh);
      FieldValues fields = new FieldValues(2);
      for (int i = 0; i < 2; i++) {
        // When / Then
        reader.read(WireFormat.frame(first, old), fields);
        assertThat(fields.number(0)).isEqualTo(3);
        assertThat(fields.number(1)).isEqualTo(0.25);
        reader.read(young, header(second), fields);
        assertThat(fields.number(0)).isEqualTo(4);
        assertThat(fields.kind(1)).isEqualTo(FieldKind.NULL);
      }
    }
  }

  @Test
  void shouldReadProtobufWhoseSchemasReferToOthersAndChange() throws Exception {
    // Given
    registry.register(
        subject + "-disk", protobuf("package test; message Disk { double used = 1; }"));
    SchemaReference disk = new SchemaReference("disk.proto", subject + "-disk", 1);
    String metrics =
        "package test; import \"disk.proto\"; message Other { } message Metrics { %s Disk disk = 2; }";
    int first = registry.register(subject, protobuf(metrics.formatted("int32 cpu = 1;"), disk));
    int second =
        registry.register(
            subject,
            protobuf(metrics.formatted("int32 cpu = 1; map<string, int32> tags = 3;"), disk));
    // Behind the frame the index of Metrics, which is the second message
    byte[] old = {2, 2, 8, 3, 0x12, 9, 9, 0, 0, 0, 0, 0, 0, -48, 63};
    byte[] young = {8, 4, 0x1a, 5, 0x0a, 1, 'a', 0x10, 7};
    byte[] header = Arrays.copyOf(header(second), 7);
    header[5] = 2;
    header[6] = 2;

    try (SchemaRegistry fresh = open()) {
      RecordReader reader =
          RecordFormat.PROTOBUF.reader(paths("cpu", "disk.used", "tags.a"), fresh);
      FieldValues fields = new FieldValues(3);
      for (int i = 0; i < 2; i++) {
        // When / Then
        reader.read(WireFormat.frame(first, old), fields);
        assertThat(fields.number(0)).isEqualTo(3);
        assertThat(fields.number(1)).isEqualTo(0.25);
        assertThat(fields.kind(2)).isEqualTo(FieldKind.ABSENT);
        reader.read(young, header, fields);
        assertThat(fields.number(0)).isEqualTo(4);
        assertThat(fields.number(2)).isEqualTo(7);
      }
    }
  }

  /** Clients that have no text of their schema register it so. */
  @Test
  void shouldReadProtobufWhoseSchemaIsRegisteredAsADescriptor() throws Exception {
    // Given Google's own timestamp.proto
    FileDescriptorProto file = TimestampProto.getDescriptor().toProto();
    String base64 = Base64.getEncoder().encodeToString(file.toByteArray());
    int id =
        registry.register(subject, new SchemaDefinition(SchemaType.PROTOBUF, base64, List.of()));

    // When
    FieldValues fields = new FieldValues(1);
    RecordFormat.PROTOBUF
        .reader(paths("seconds"), registry)
        .read(WireFormat.frame(id, new byte[] {0, 8, 5}), fields);

    // Then
    assertThat(fields.number(0)).isEqualTo(5);
  }

  @Test
  void shouldReadFramedJson() throws Exception {
    // Given
    int id =
        registry.register(
            subject,
            new SchemaDefinition(
                SchemaType.JSON,
                "{\"type\": \"object\", \"properties\": {\"cpu\": {\"type\": \"number\"}}}",
                List.of()));
    byte[] json = "{\"cpu\": 3}".getBytes(StandardCharsets.UTF_8);

    // When / Then
    RecordReader reader = RecordFormat.JSON_SCHEMA.reader(paths("cpu"), registry);
    FieldValues fields = new FieldValues(1);
    reader.read(WireFormat.frame(id, json), fields);
    assertThat(fields.number(0)).isEqualTo(3);
    fields.clear();
    reader.read(json, header(id), fields);
    assertThat(fields.number(0)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JSON")
  void shouldRejectSchemasThatAreUnknownOrOfAnotherFormat(RecordFormat format) {
    // Given a schema of another language; and a GUID, which this registry does not know
    int other =
        format == RecordFormat.PROTOBUF
            ? registry.register(subject + format, avro("Metrics", CPU))
            : registry.register(subject + format, protobuf("message M { int32 cpu = 1; }"));
    RecordReader reader = format.reader(paths("cpu"), registry);
    byte[] body = {0, 2};

    // Then
    assertRejected(reader, WireFormat.frame(1_000_000, body), null, RejectReason.UNKNOWN_SCHEMA);
    assertRejected(reader, body, header(1_000_000), RejectReason.UNKNOWN_SCHEMA);
    byte[] guid = new byte[17];
    guid[0] = 1;
    assertRejected(reader, body, guid, RejectReason.UNKNOWN_SCHEMA);
    assertRejected(reader, WireFormat.frame(other, body), null, RejectReason.UNUSABLE_SCHEMA);
  }

  /** What Weir publishes may change only so that all versions can read one another's records. */
  @Test
  void shouldPublishSchemasThatARegistryTakesUnderItsStrictestRule() throws Exception {
    for (Schema current : List.of(Alert.getClassSchema(), ScoredRecord.getClassSchema())) {
      // Given all released versions, the oldest first
      String ofType = subject + current.getName();
      registry.setCompatibility(ofType, Compatibility.FULL_TRANSITIVE);
      List<Path> released;
      try (Stream<Path> files = Files.list(Path.of("src/test/resources/released"))) {
        released =
            files
                .filter(file -> file.getFileName().toString().startsWith(current.getName() + "-"))
                .sorted()
                .toList();
      }
      assertThat(released).isNotEmpty();
      for (Path file : released) {
        registry.register(ofType, new Schema.Parser().parse(file.toFile()));
      }
      Schema published =
          new Schema.Parser().parse(Path.of("src/main/avro", current.getName() + ".avsc").toFile());

      // Then
      assertThat(registry.incompatibilities(ofType, SchemaDefinition.avro(published))).isEmpty();
      assertThat(registry.register(ofType, published)).isPositive();
    }
  }

  private static SchemaDefinition avro(String name, String fields, SchemaReference... references) {
    return new SchemaDefinition(
        SchemaType.AVRO,
        "{\"type\": \"record\", \"name\": \"%s\", \"namespace\": \"test\", \"fields\": [%s]}"
            .formatted(name, fields),
        List.of(references));
  }

  private static SchemaDefinition protobuf(String text, SchemaReference... references) {
    return new SchemaDefinition(
        SchemaType.PROTOBUF, "syntax = \"proto3\"; " + text, List.of(references));
  }

  /** The header of a record that names its schema by id. */
  private static byte[] header(int id) {
    return ByteBuffer.allocate(5).putInt(1, id).array();
  }

  private static List<FieldPath> paths(String... dotted) {
    return Stream.of(dotted).map(FieldPath::parse).toList();
  }

  private static SchemaRegistry open() {
    return SchemaRegistries.open(Map.of("schema.registry.url", server.url()));
  }

  private static void assertRejected(
      RecordReader reader, byte[] value, byte[] header, RejectReason reason) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> reader.read(value, header, new FieldValues(1)))
        .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }
}
