package dev.weir.schemas.read;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.WireFormat;
import java.util.List;

/**
 * Reads JSON objects as Confluent's JSON Schema serializer writes them: behind a frame, or bare
 * with the schema named in a header.
 *
 * <p>JSON says itself what it holds. So the schema is not looked at, and no registry is asked.
 */
public final class FramedJsonRecordReader implements RecordReader {
  private final JsonRecordReader json;

  public FramedJsonRecordReader(List<FieldPath> paths) {
    json = new JsonRecordReader(paths);
  }

  @Override
  public void read(byte[] bytes, FieldValues fields) throws RejectedRecordException {
    read(bytes, null, fields);
  }

  @Override
  public void read(byte[] bytes, byte[] schemaId, FieldValues fields)
      throws RejectedRecordException {
    fields.clear();
    json.read(bytes, bodyStart(bytes, schemaId), fields);
  }

  /**
   * Where the JSON begins.
   *
   * @throws RejectedRecordException if there is no value, or no frame
   */
  public static int bodyStart(byte[] bytes, byte[] schemaId) throws RejectedRecordException {
    if (schemaId != null) {
      return Frames.beside(bytes, schemaId).bodyStart();
    }
    int unused = Frames.schemaId(bytes);
    return WireFormat.HEADER_BYTES;
  }
}
