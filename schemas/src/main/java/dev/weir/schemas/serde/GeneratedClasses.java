package dev.weir.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Avro's model of one generated class and of those that its fields hold, and of no other.
 *
 * <p>Since 1.12.2 Avro refuses to make objects of an application's own generated classes unless a
 * system property trusts them (AVRO-4189), for it looks classes up by names that may come from
 * outside. Here the names come from the schema that is compiled into the class, so that nothing
 * which is read can name another one.
 */
final class GeneratedClasses extends SpecificData {
  private final Map<String, Class<?>> classes = new HashMap<>();
  private final Schema schema;

  /**
   * @throws org.apache.avro.AvroRuntimeException if Avro has not generated the class
   */
  GeneratedClasses(Class<?> root) {
    super(root.getClassLoader());
    SpecificData own = SpecificData.getForClass(root);
    own.getConversions().forEach(this::addLogicalTypeConversion);
    schema = own.getSchema(root);
    collect(schema);
  }

  /** The schema that is compiled into the class. */
  Schema schema() {
    return schema;
  }

  @Override
  public Class<?> getClass(Schema of) {
    return switch (of.getType()) {
      case RECORD, ENUM, FIXED -> classes.get(of.getFullName());
      default -> super.getClass(of);
    };
  }

  private void collect(Schema from) {
    switch (from.getType()) {
      case RECORD -> {
        if (add(from)) {
          from.getFields().forEach(field -> collect(field.schema()));
        }
      }
      case ENUM, FIXED -> add(from);
      case ARRAY -> collect(from.getElementType());
      case MAP -> collect(from.getValueType());
      case UNION -> from.getTypes().forEach(this::collect);
      default -> {}
    }
  }

  private boolean add(Schema named) {
    try {
      Class<?> type = Class.forName(getClassName(named), false, getClassLoader());
      return classes.put(named.getFullName(), type) == null;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "class " + getClassName(named) + " is missing beside those generated with it", e);
    }
  }
}
