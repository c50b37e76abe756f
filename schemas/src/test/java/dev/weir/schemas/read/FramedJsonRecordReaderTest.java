package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.LocalRegistryServer;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaDefinition;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.registry.SchemaType;
import dev.weir.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FramedJsonRecordReaderTest {
  private static final byte[] JSON = "{\"cpu\": {\"user\": 7}}".getBytes(StandardCharsets.UTF_8);

  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);
  private final int id =
      registry.register(
          "json", new SchemaDefinition(SchemaType.JSON, "{\"type\": \"object\"}", List.of()));
  private final byte[] header = byGuid(registry.fetch(id).guid().orElseThrow());
  private final FramedJsonRecordReader reader =
      new FramedJsonRecordReader(registry, List.of(FieldPath.parse("cpu.user")));
  private final FieldValues fields = new FieldValues(1);

  @AfterEach
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  @Test
  void shouldReadWhatIsInAFrame() throws RejectedRecordException {
    reader.read(WireFormat.frame(id, JSON), fields);

    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldReadWhatIsBareIfAHeaderNamesItsSchema() throws RejectedRecordException {
    reader.read(JSON, header, fields);

    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldRejectASchemaThatIsUnknownOrOfAnotherType() throws RejectedRecordException {
    int avro = registry.register("avro", Schema.create(Schema.Type.INT));

    assertRejected(WireFormat.frame(4711, JSON), null, RejectReason.UNKNOWN_SCHEMA);
    assertRejected(JSON, byGuid(new UUID(1, 2)), RejectReason.UNKNOWN_SCHEMA);
    assertRejected(WireFormat.frame(avro, JSON), null, RejectReason.UNUSABLE_SCHEMA);

    reader.read(WireFormat.frame(id, JSON), fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldAskForASchemaOnce() throws Exception {
    // Given
    FramedJsonRecordReader remote;
    try (LocalRegistryServer server = LocalRegistryServer.start()) {
      SchemaRegistry client =
          SchemaRegistries.open(Map.of("schema.registry.url", server.url(), "max.retries", "0"));
      int remoteId =
          client.register("json", new SchemaDefinition(SchemaType.JSON, "{}", List.of()));
      remote = new FramedJsonRecordReader(client, List.of(FieldPath.parse("cpu.user")));
      remote.read(WireFormat.frame(remoteId, JSON), fields);
    }

    // When the registry is gone
    fields.clear();
    remote.read(WireFormat.frame(1, JSON), fields);

    // Then
    assertThat(fields.number(0)).isEqualTo(7);
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> remote.read(WireFormat.frame(2, JSON), fields))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(SchemaRegistryException.Kind.UNAVAILABLE));
  }

  @Test
  void shouldRejectWhatHasNoFrameOrNoJson() throws RejectedRecordException {
    assertRejected(JSON, null, RejectReason.NOT_FRAMED);
    assertRejected(null, null, RejectReason.EMPTY);
    assertRejected(null, header, RejectReason.EMPTY);
    assertRejected(new byte[0], header, RejectReason.EMPTY);
    assertRejected(new byte[] {0, 0, 0, 0}, null, RejectReason.MALFORMED);
    assertRejected(WireFormat.frame(id, new byte[0]), null, RejectReason.EMPTY);
    assertRejected(WireFormat.frame(id, new byte[] {'{'}), null, RejectReason.MALFORMED);
    assertRejected(WireFormat.frame(id, new byte[] {'7'}), null, RejectReason.NOT_A_RECORD);
    assertRejected(JSON, new byte[] {2}, RejectReason.MALFORMED);

    // The reader is none the worse for it.
    reader.read(WireFormat.frame(id, JSON), fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  private static byte[] byGuid(UUID guid) {
    return ByteBuffer.allocate(17)
        .put((byte) 1)
        .putLong(guid.getMostSignificantBits())
        .putLong(guid.getLeastSignificantBits())
        .array();
  }

  private void assertRejected(byte[] value, byte[] header, RejectReason reason) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> reader.read(value, header, fields))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
