package dev.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.TestRecords;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.serde.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaIdHeaderTest {
  private static final String SCOPE = "schema-id-header-test";
  private static final String TOPIC = "points";
  private static final GenericRecord POINT =
      new GenericRecordBuilder(TestRecords.POINT).set("x", 7).build();

  private final MockSchemaRegistry registry = MockSchemaRegistry.ofScope(SCOPE);
  private final AvroSerde<GenericRecord> serde = AvroSerde.generic(registry);
  private final byte[] frame = serde.serializer().serialize(TOPIC, POINT);
  private final byte[] body = Arrays.copyOfRange(frame, WireFormat.HEADER_BYTES, frame.length);
  private final byte[] guid = guid(registry.fetch(1).guid().orElseThrow());

  @AfterEach
  void dropScope() {
    MockSchemaRegistry.drop(SCOPE);
  }

  @Test
  void shouldReadTheBytesThatConfluentDocuments() {
    byte[] header = HexFormat.of().parseHex("01" + "cc0e0e0e53c14a1a8f1a000000000001" + "00");

    Frame read = Frame.of(headers(Frame.VALUE_HEADER, header), false, body);

    assertThat(read.schema())
        .isEqualTo(new SchemaId.ByGuid(UUID.fromString("cc0e0e0e-53c1-4a1a-8f1a-000000000001")));
    assertThat(read.inHeader()).isTrue();
    assertThat(read.afterId()).isEqualTo(ByteBuffer.wrap(new byte[] {0}));
  }

  @Test
  void shouldReadARecordWhoseHeaderHoldsTheGuid() {
    Deserializer<GenericRecord> reader = serde.deserializer();
    assertThat(reader.deserialize(TOPIC, headers(Frame.VALUE_HEADER, guid), body)).isEqualTo(POINT);
    assertThat(reader.deserialize(TOPIC, headers(Frame.VALUE_HEADER, guid), ByteBuffer.wrap(body)))
        .isEqualTo(POINT);
  }

  @Test
  void shouldReadARecordWhoseHeaderHoldsTheId() {
    byte[] id = {0, 0, 0, 0, 1};
    assertThat(serde.deserializer().deserialize(TOPIC, headers(Frame.VALUE_HEADER, id), body))
        .isEqualTo(POINT);
  }

  @Test
  void shouldReadTheFrameIfThereIsNoHeader() {
    assertThat(serde.deserializer().deserialize(TOPIC, new RecordHeaders(), frame))
        .isEqualTo(POINT);
    assertThat(serde.deserializer().deserialize(TOPIC, headers(Frame.KEY_HEADER, guid), frame))
        .isEqualTo(POINT);
    assertThat(serde.deserializer().deserialize(TOPIC, headers(Frame.VALUE_HEADER, null), frame))
        .isEqualTo(POINT);
  }

  @Test
  void shouldReadTheKeysHeaderForKeys() {
    serde.configure(Map.of(), true);
    assertThat(serde.deserializer().deserialize(TOPIC, headers(Frame.KEY_HEADER, guid), body))
        .isEqualTo(POINT);
  }

  @Test
  void shouldTakeTheLastOfSeveralHeaders() {
    Headers headers = headers(Frame.VALUE_HEADER, new byte[] {9});
    headers.add(Frame.VALUE_HEADER, guid);
    assertThat(serde.deserializer().deserialize(TOPIC, headers, body)).isEqualTo(POINT);
  }

  @Test
  void shouldPassTombstonesThrough() {
    assertThat(
            serde
                .deserializer()
                .deserialize(TOPIC, headers(Frame.VALUE_HEADER, guid), (byte[]) null))
        .isNull();
  }

  @Test
  void shouldLeaveHeadersAloneIfToldTo() {
    serde.configure(
        Map.of(
            "value.schema.id.deserializer",
            "io.confluent.kafka.serializers.schema.id.PrefixSchemaIdDeserializer"),
        false);
    assertThat(serde.deserializer().deserialize(TOPIC, headers(Frame.VALUE_HEADER, guid), frame))
        .isEqualTo(POINT);
  }

  @ParameterizedTest
  @CsvSource({
    "'', TRUNCATED",
    "01, TRUNCATED",
    "0100000000000000000000000000000001, UNKNOWN_SCHEMA_ID",
    "01000000000000000000000000000000, TRUNCATED",
    "00000000, TRUNCATED",
    "0000000009, UNKNOWN_SCHEMA_ID",
    "0200000001, WRONG_MAGIC"
  })
  void shouldSayWhatIsWrongWithTheHeader(String hex, Reason reason) {
    Headers headers = headers(Frame.VALUE_HEADER, HexFormat.of().parseHex(hex));
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, headers, body))
        .withMessageContaining(TOPIC)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "value.schema.id.serializer, io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer",
    "value.schema.id.deserializer, com.example.Mine"
  })
  void shouldRefuseWhatItDoesNotSupport(String key, String value) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> serde.configure(Map.of(key, value), false))
        .withMessageContainingAll(key, value, "PrefixSchemaId");
  }

  private static Headers headers(String key, byte[] value) {
    return new RecordHeaders().add(key, value);
  }

  private static byte[] guid(UUID guid) {
    return ByteBuffer.allocate(17)
        .put((byte) 1)
        .putLong(guid.getMostSignificantBits())
        .putLong(guid.getLeastSignificantBits())
        .array();
  }
}
