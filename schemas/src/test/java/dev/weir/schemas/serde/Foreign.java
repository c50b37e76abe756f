package dev.weir.schemas.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Stands for a class that Avro has generated for somebody else. */
public final class Foreign extends SpecificRecordBase {
  private static final long serialVersionUID = 1L;

  @Override
  public Schema getSchema() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object get(int field) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void put(int field, Object value) {
    throw new UnsupportedOperationException();
  }
}
