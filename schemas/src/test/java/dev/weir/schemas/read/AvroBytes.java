package dev.weir.schemas.read;

import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes records by Avro itself, for readers to be held against. */
final class AvroBytes {
  private AvroBytes() {}

  static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  /** A record's body without a frame. */
  static byte[] body(Schema schema, Object datum) {
    return body(schema, datum, 2048);
  }

  /** Arrays and maps are cut into blocks of about so many bytes, each with its size before it. */
  static byte[] body(Schema schema, Object datum, int blockSize) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder =
          blockSize < 64 || blockSize > 1_000_000
              ? EncoderFactory.get().binaryEncoder(out, null)
              : new EncoderFactory().configureBlockSize(blockSize).blockingBinaryEncoder(out, null);
      new GenericDatumWriter<>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A record in a frame, its schema registered under a subject of its own. */
  static byte[] framed(SchemaRegistry registry, Schema schema, Object datum) {
    int id = registry.register(schema.toString(), schema);
    return WireFormat.frame(id, body(schema, datum));
  }
}
