package dev.weir.schemas.serde;

import dev.weir.schemas.serde.WireFormatException.Reason;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Confluent's framing of a record: the byte 0, the schema's id in 4 bytes, big-endian, and the body
 * in Avro's binary encoding.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Confluent's
 *     description</a>
 */
public final class WireFormat {
  /** The first byte of every frame. */
  public static final byte MAGIC = 0;

  /** Where the body begins. */
  public static final int HEADER_BYTES = 1 + Integer.BYTES;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private WireFormat() {}

  /** A frame around a body that is already encoded. */
  public static byte[] frame(int schemaId, byte[] body) {
    return ByteBuffer.allocate(HEADER_BYTES + body.length)
        .put(MAGIC)
        .putInt(schemaId)
        .put(body)
        .array();
  }

  /**
   * The id in a frame's header; the body is what follows from {@link #HEADER_BYTES} on.
   *
   * @throws WireFormatException of reason {@code TRUNCATED} or {@code WRONG_MAGIC}
   */
  public static int schemaId(byte[] frame) {
    if (frame.length > 0 && frame[0] != MAGIC) {
      throw new WireFormatException(
          Reason.WRONG_MAGIC,
          "the first byte is 0x%02x, not 0: not written by a schema registry's serializer (check"
                  .formatted(frame[0])
              + " the topic's format)");
    }
    if (frame.length < HEADER_BYTES) {
      throw new WireFormatException(
          Reason.TRUNCATED,
          frame.length + " bytes are too few for the magic byte and the schema id");
    }
    return (int) INTS.get(frame, 1);
  }

  /** Begins a frame in a buffer. */
  static void writeHeader(ByteArrayOutputStream out, int schemaId) {
    out.write(MAGIC);
    out.write(schemaId >>> 24);
    out.write(schemaId >>> 16);
    out.write(schemaId >>> 8);
    out.write(schemaId);
  }
}
