package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.record.RejectReason;
import dev.weir.schemas.Alert;
import dev.weir.schemas.ScoredRecord;
import dev.weir.schemas.registry.SchemaDefinition;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.registry.SchemaType;
import dev.weir.schemas.serde.WireFormat;
import dev.weir.scorer.fixture.Configs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Records that are not plain JSON, through the production topology. */
final class InputFormatsTest {
  private static final Schema FIRST = schema("{'name': 'cpu', 'type': 'int'}");
  private static final Schema SECOND =
      schema(
          "{'name': 'memory', 'type': ['null', 'double'], 'default': null}",
          "{'name': 'host', 'type': 'string', 'default': ''}",
          "{'name': 'cpu', 'type': 'long'}");

  /** cpu 3 by the first schema; no memory, host "x" and cpu 30 by the second. */
  private static final byte[] NORMAL = {6};

  /** Of the first schema, too. */
  private static final byte[] HIGH = {60};

  private static final byte[] ANOMALOUS = {0, 2, 'x', 60};

  @Test
  void shouldScoreAvroWhoseSchemaChangesMidStream() {
    try (TopologyFixture fixture = avro()) {
      // Given
      int first = fixture.registry.register("metrics-value", FIRST);
      int second = fixture.registry.register("metrics-value", SECOND);

      // When
      pipe(fixture, WireFormat.frame(first, NORMAL));
      pipe(fixture, WireFormat.frame(second, ANOMALOUS));
      pipe(fixture, WireFormat.frame(first, NORMAL));

      // Then
      assertThat(scores(fixture)).containsExactly(3.0, 30.0, 3.0);
      Alert alert = fixture.alerts().readValue();
      assertThat(alert.getSourceOffset()).isEqualTo(1);
      assertThat(alert.getSourceSchemaId()).isEqualTo(second);
      assertThat(alert.getSourceSchemaGuid()).isNull();
      assertThat(fixture.deadLetters().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldScoreAvroWhoseSchemaIsNamedInAHeader() {
    try (TopologyFixture fixture = avro()) {
      // Given
      int id = fixture.registry.register("metrics-value", FIRST);
      var guid = fixture.registry.fetch(id).guid().orElseThrow();
      byte[] header =
          ByteBuffer.allocate(17)
              .put((byte) 1)
              .putLong(guid.getMostSignificantBits())
              .putLong(guid.getLeastSignificantBits())
              .array();

      // When
      fixture.pipe(bytes("k"), NORMAL, NOW, new RecordHeaders().add("__value_schema_id", header));
      fixture.pipe(bytes("k"), HIGH, NOW, new RecordHeaders().add("__value_schema_id", header));

      // Then
      assertThat(scores(fixture)).containsExactly(3.0, 30.0);
      Alert alert = fixture.alerts().readValue();
      assertThat(alert.getSourceSchemaGuid()).isEqualTo(guid.toString());
      assertThat(alert.getSourceSchemaId()).isNull();
    }
  }

  @Test
  void shouldSendAvroThatCannotBeReadToTheDeadLetterTopic() {
    try (TopologyFixture fixture = avro()) {
      // Given
      int id = fixture.registry.register("metrics-value", FIRST);
      int text = fixture.registry.register("text", Schema.create(Schema.Type.STRING));
      int other = fixture.registry.register("other", schema("{'name': 'x', 'type': 'int'}"));
      int words = fixture.registry.register("words", schema("{'name': 'cpu', 'type': 'string'}"));

      // When
      pipe(fixture, bytes("{}"));
      pipe(fixture, WireFormat.frame(4711, NORMAL));
      pipe(fixture, WireFormat.frame(text, NORMAL));
      pipe(fixture, WireFormat.frame(id, new byte[0]));
      pipe(fixture, WireFormat.frame(other, NORMAL));
      pipe(fixture, WireFormat.frame(words, new byte[] {2, 'x'}));
      pipe(fixture, new byte[0]);
      pipe(fixture, WireFormat.frame(id, NORMAL));

      // Then
      assertThat(fixture.deadLetters().readRecordsToList())
          .extracting(InputFormatsTest::reason)
          .containsExactly(
              "not-framed",
              "unknown-schema",
              "unusable-schema",
              "malformed",
              "no-known-field",
              "not-a-number",
              "empty");
      assertThat(fixture.listener.rejections)
          .contains(
              RejectReason.NOT_FRAMED, RejectReason.UNKNOWN_SCHEMA, RejectReason.UNUSABLE_SCHEMA);
      assertThat(scores(fixture)).containsExactly(3.0);
    }
  }

  @Test
  void shouldRejectNothingWhileTheRegistryCannotBeAsked() {
    // Given a port at which nobody listens
    SchemaRegistry down =
        SchemaRegistries.open(
            Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("input.format=avro"), "unused", down)) {
      // When / Then
      assertThatThrownBy(() -> pipe(fixture, WireFormat.frame(1, NORMAL)))
          .hasCauseInstanceOf(SchemaRegistryException.class);
      assertThat(fixture.deadLetters().isEmpty()).isTrue();
      assertThat(fixture.listener.rejections).isEmpty();
    }
  }

  @Test
  void shouldScoreJsonInFrames() {
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("input.format=json-schema", "output.scored=scores"))) {
      // Given
      int id =
          fixture.registry.register(
              "metrics-value", new SchemaDefinition(SchemaType.JSON, "{}", List.of()));

      // When
      pipe(fixture, WireFormat.frame(id, bytes("{\"cpu\": 3}")));
      pipe(fixture, bytes("{\"cpu\": 3}"));
      pipe(fixture, WireFormat.frame(4711, bytes("{\"cpu\": 3}")));

      // Then
      assertThat(scores(fixture)).containsExactly(3.0);
      assertThat(fixture.listener.rejections)
          .containsExactly(RejectReason.NOT_FRAMED, RejectReason.UNKNOWN_SCHEMA);
    }
  }

  @Test
  void shouldScoreProtobuf() {
    try (TopologyFixture fixture =
        new TopologyFixture(Configs.of("input.format=protobuf", "output.scored=scores"))) {
      // Given
      int id =
          fixture.registry.register(
              "metrics-value",
              new SchemaDefinition(
                  SchemaType.PROTOBUF,
                  "syntax = \"proto3\"; message Metrics { int32 cpu = 1; }",
                  List.of()));

      // When cpu is 3, then is not written, which is 0
      pipe(fixture, WireFormat.frame(id, new byte[] {0, 8, 3}));
      pipe(fixture, WireFormat.frame(id, new byte[] {0}));
      pipe(fixture, WireFormat.frame(id, new byte[] {0, 8}));

      // Then
      assertThat(scores(fixture)).containsExactly(3.0, 0.0);
      assertThat(fixture.listener.rejections).containsExactly(RejectReason.MALFORMED);
    }
  }

  private static TopologyFixture avro() {
    return new TopologyFixture(Configs.of("input.format=avro", "output.scored=scores"));
  }

  private static void pipe(TopologyFixture fixture, byte[] value) {
    fixture.pipe(bytes("k"), value, NOW, new RecordHeaders());
  }

  private static List<Double> scores(TopologyFixture fixture) {
    return fixture.scored("scores").readValuesToList().stream()
        .map(ScoredRecord::getScore)
        .toList();
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader("weir.error.reason").value(), StandardCharsets.UTF_8);
  }

  private static Schema schema(String... fields) {
    return new Schema.Parser()
        .parse(
            "{'type': 'record', 'name': 'Metrics', 'fields': [%s]}"
                .formatted(String.join(", ", fields))
                .replace('\'', '"'));
  }
}
