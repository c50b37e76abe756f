package dev.weir.schemas.serde;

import dev.weir.schemas.serde.WireFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record says its schema, and where its body begins: in the {@link WireFormat} of the
 * record's bytes, or in a record header.
 *
 * <p>The header {@value #KEY_HEADER} or {@value #VALUE_HEADER} holds the byte 1 and the schema's
 * GUID in 16 bytes, big-endian (so Confluent's {@code HeaderSchemaIdSerializer} writes it), or the
 * byte 0 and the schema's id in 4. Where there is one it is right, and the record's bytes are the
 * body and nothing else; otherwise they must begin with magic byte and id. Confluent's {@code
 * DualSchemaIdDeserializer} does the same.
 *
 * @param schema the schema of the body
 * @param bodyStart where in the record's bytes the body begins; in Protobuf without a header, the
 *     indexes of the message come first
 * @param afterId what follows GUID or id in the header, read-only: in Protobuf the indexes of the
 *     message; empty otherwise, and if there is no header
 */
public record Frame(SchemaId schema, int bodyStart, ByteBuffer afterId) {
  public static final String KEY_HEADER = "__key_schema_id";
  public static final String VALUE_HEADER = "__value_schema_id";

  private static final byte GUID_MAGIC = 1;
  private static final int GUID_BYTES = 1 + 2 * Long.BYTES;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /**
   * The frame of a record's key or value.
   *
   * @param headers the record's headers; the last of several with the name counts
   * @throws WireFormatException of reason {@code TRUNCATED} or {@code WRONG_MAGIC}
   */
  public static Frame of(Headers headers, boolean isKey, byte[] data) {
    Header header = headers.lastHeader(isKey ? KEY_HEADER : VALUE_HEADER);
    return header == null || header.value() == null
        ? of(data)
        : of(header.key(), ByteBuffer.wrap(header.value()));
  }

  /** What a header says of a value's schema, as a record's reader wants it; null without one. */
  public static byte[] valueSchema(Headers headers) {
    Header header = headers.lastHeader(VALUE_HEADER);
    return header == null ? null : header.value();
  }

  /** The frame of a record without headers, or whose headers do not count. */
  public static Frame of(byte[] data) {
    SchemaId schema = new SchemaId.ById(WireFormat.schemaId(data));
    return new Frame(schema, WireFormat.HEADER_BYTES, NOTHING);
  }

  /** Whether a record header says the schema, and the record's bytes are the body alone. */
  public boolean inHeader() {
    return bodyStart == 0;
  }

  private static Frame of(String name, ByteBuffer value) {
    byte magic = value.hasRemaining() ? value.get(0) : 0;
    if (magic != WireFormat.MAGIC && magic != GUID_MAGIC) {
      throw new WireFormatException(
          Reason.WRONG_MAGIC,
          "header %s begins with 0x%02x, not with 0 (id) or 1 (GUID)".formatted(name, magic));
    }
    if (value.remaining() < (magic == GUID_MAGIC ? GUID_BYTES : WireFormat.HEADER_BYTES)) {
      throw new WireFormatException(
          Reason.TRUNCATED,
          "%d bytes in header %s are too few for a schema %s"
              .formatted(value.remaining(), name, magic == GUID_MAGIC ? "GUID" : "id"));
    }
    value.get();
    SchemaId schema =
        magic == GUID_MAGIC
            ? new SchemaId.ByGuid(new UUID(value.getLong(), value.getLong()))
            : new SchemaId.ById(value.getInt());
    return new Frame(schema, 0, value.slice().asReadOnlyBuffer());
  }
}
