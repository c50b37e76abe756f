package dev.weir.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes records with another schema than theirs, as a reader with that schema would read them.
 *
 * <p>Each record is encoded twice and decoded once: the fields of two schemas are matched by name,
 * and only Avro's own resolution does that for every type. For one thread at a time.
 */
final class ConvertingWriter<T extends IndexedRecord> implements DatumWriter<T> {
  private final DatumWriter<T> own;
  private final DatumReader<GenericRecord> resolving;
  private final DatumWriter<GenericRecord> target;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private BinaryDecoder decoder;

  ConvertingWriter(DatumWriter<T> own, Schema from, Schema to) {
    this.own = own;
    this.resolving = new GenericDatumReader<>(from, to);
    this.target = new GenericDatumWriter<>(to);
  }

  /** The schema is given at construction. */
  @Override
  public void setSchema(Schema schema) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(T datum, Encoder out) throws IOException {
    bytes.reset();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    own.write(datum, encoder);
    decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), decoder);
    target.write(resolving.read(null, decoder), out);
  }
}
