package dev.weir.schemas.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Makes schemas of all of Avro's types, and data for them. */
final class RandomAvro {
  private static final List<Schema.Type> SCALARS =
      List.of(
          Schema.Type.NULL,
          Schema.Type.BOOLEAN,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.BYTES,
          Schema.Type.STRING);

  private final Random random;
  private int names;

  RandomAvro(Random random) {
    this.random = random;
  }

  Schema record(int depth) {
    List<String> fields = new ArrayList<>(List.of("a", "b", "c", "x", "y"));
    Collections.shuffle(fields, random);
    Schema record = Schema.createRecord("R" + names++, null, "random", false);
    List<Schema.Field> made = new ArrayList<>();
    for (String field : fields.subList(0, random.nextInt(fields.size()) + 1)) {
      Schema type =
          random.nextInt(12) == 0
              ? Schema.createUnion(Schema.create(Schema.Type.NULL), record)
              : any(depth - 1);
      made.add(new Schema.Field(field, type));
    }
    record.setFields(made);
    return record;
  }

  private Schema any(int depth) {
    return switch (depth <= 0 ? random.nextInt(4) : random.nextInt(10)) {
      case 0, 1 -> Schema.create(SCALARS.get(random.nextInt(SCALARS.size())));
      case 2 -> Schema.createFixed("F" + names++, null, "random", random.nextInt(5));
      case 3 -> Schema.createEnum("E" + names++, null, "random", List.of("UP", "DOWN", "GONE"));
      case 4, 5 -> record(depth);
      case 6 -> Schema.createArray(any(depth - 1));
      case 7 -> Schema.createMap(any(depth - 1));
      default -> union(depth);
    };
  }

  private Schema union(int depth) {
    List<Schema> branches = new ArrayList<>();
    branches.add(Schema.create(Schema.Type.NULL));
    branches.add(Schema.create(random.nextBoolean() ? Schema.Type.DOUBLE : Schema.Type.FLOAT));
    branches.add(record(depth));
    branches.add(Schema.create(Schema.Type.STRING));
    branches.add(Schema.createMap(Schema.create(Schema.Type.INT)));
    Collections.shuffle(branches, random);
    return Schema.createUnion(branches.subList(0, random.nextInt(branches.size()) + 1));
  }

  Object datum(Schema schema) {
    return datum(schema, 0);
  }

  private Object datum(Schema schema, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(100);
      case LONG -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(100);
      case FLOAT -> Float.intBitsToFloat(random.nextInt());
      case DOUBLE -> Double.longBitsToDouble(random.nextLong());
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(6)));
      case STRING -> List.of("", "text", "größer", "\uD83D\uDE00").get(random.nextInt(4));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ENUM ->
          new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
      case ARRAY -> array(schema, depth);
      case MAP -> map(schema, depth);
      case UNION -> datum(branch(schema.getTypes(), depth), depth);
      case RECORD -> record(schema, depth);
    };
  }

  /** Deep down the first branch, if it ends a recursion. */
  private Schema branch(List<Schema> branches, int depth) {
    return depth > 6 && branches.get(0).getType() == Schema.Type.NULL
        ? branches.get(0)
        : branches.get(random.nextInt(branches.size()));
  }

  private GenericData.Record record(Schema schema, int depth) {
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), datum(field.schema(), depth + 1));
    }
    return record;
  }

  private List<Object> array(Schema schema, int depth) {
    List<Object> items = new ArrayList<>();
    int count = random.nextInt(depth > 6 ? 1 : 6);
    for (int i = 0; i < count; i++) {
      items.add(datum(schema.getElementType(), depth + 1));
    }
    return items;
  }

  private Map<String, Object> map(Schema schema, int depth) {
    Map<String, Object> values = new LinkedHashMap<>();
    int count = random.nextInt(depth > 6 ? 1 : 6);
    for (int i = 0; i < count; i++) {
      values.put(
          List.of("k", "l", "other", "0", "a").get(random.nextInt(5)),
          datum(schema.getValueType(), depth + 1));
    }
    return values;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
