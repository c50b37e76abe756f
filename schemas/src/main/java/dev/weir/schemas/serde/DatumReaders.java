package dev.weir.schemas.serde;

import dev.weir.schemas.Alert;
import dev.weir.schemas.serde.WireFormatException.Reason;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.utils.Utils;

/** How records become objects: generic ones, those of one generated class, or by their name. */
interface DatumReaders<T> {

  /**
   * A reader of what was written with this schema.
   *
   * @throws WireFormatException if there is no class to read it into
   */
  DatumReader<T> of(Schema writer);

  /** Records that carry the writer's schema. */
  static <T> DatumReaders<T> generic() {
    return GenericDatumReader::new;
  }

  /** Objects of a generated class, to whose schema the writer's is resolved. */
  static <T> DatumReaders<T> specific(Class<?> type) {
    GeneratedClasses model = new GeneratedClasses(type);
    return writer -> new SpecificDatumReader<>(writer, model.schema(), model);
  }

  /**
   * Objects of the generated class on the class path that has the writer's schema's full name.
   *
   * <p>The name comes from outside, so Avro's own rule holds: classes other than Weir's must be
   * trusted by the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}.
   */
  static <T> DatumReaders<T> specificByName() {
    return writer -> DatumReaders.<T>specific(generated(writer)).of(writer);
  }

  private static Class<?> generated(Schema schema) {
    try {
      Class<?> type =
          Class.forName(
              SpecificData.getClassName(schema), false, Utils.getContextOrKafkaClassLoader());
      if (SpecificRecord.class.isAssignableFrom(type)) {
        if (!type.getPackageName().equals(Alert.class.getPackageName())) {
          ClassSecurityValidator.validate(type);
        }
        return type;
      }
      throw unknown(schema, "is not one that Avro has generated", null);
    } catch (ClassNotFoundException e) {
      throw unknown(schema, "is not on the class path", e);
    } catch (SecurityException e) {
      throw unknown(schema, "is not trusted: " + e.getMessage(), e);
    }
  }

  private static WireFormatException unknown(Schema schema, String why, Exception cause) {
    return new WireFormatException(
        Reason.UNKNOWN_CLASS,
        "class %s %s. Correct that, or set specific.avro.reader=false for generic records"
            .formatted(schema.getFullName(), why),
        cause);
  }
}
