package dev.weir.schemas.read;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import java.util.List;

/**
 * Reads JSON objects whose schemas are in a registry, see {@link FramedJson}.
 *
 * <p>A registry that cannot be asked rejects no record: its {@link
 * dev.weir.schemas.registry.SchemaRegistryException} comes through.
 */
public final class FramedJsonRecordReader implements RecordReader {
  private final FramedJson frames;
  private final JsonRecordReader json;

  /**
   * @param registry knows the writers' schemas; stays the caller's
   */
  public FramedJsonRecordReader(SchemaRegistry registry, List<FieldPath> paths) {
    frames = new FramedJson(registry);
    json = new JsonRecordReader(paths);
  }

  @Override
  public void read(byte[] bytes, byte[] schemaId, FieldValues fields)
      throws RejectedRecordException {
    fields.clear();
    json.read(bytes, frames.bodyStart(bytes, schemaId), fields);
  }
}
