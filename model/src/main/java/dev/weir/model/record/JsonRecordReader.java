package dev.weir.model.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.List;

/**
 * Reads JSON objects, one a record, in one pass over their bytes.
 *
 * <p>The paths are compiled to a tree of names; what the tree does not lead to is skipped without
 * being materialised. An array's items are named by their places, from 0. Numbers are read as
 * doubles. If a field occurs twice, the last one counts. Two slots may have the same path, and one
 * path may lead through another.
 */
public final class JsonRecordReader implements RecordReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private final PathTree root;

  public JsonRecordReader(List<FieldPath> paths) {
    root = PathTree.of(paths);
  }

  @Override
  public void read(byte[] bytes, byte[] schemaId, FieldValues fields)
      throws RejectedRecordException {
    read(bytes, 0, fields);
  }

  /** Reads the object that begins at a place in the bytes, behind a frame. */
  public void read(byte[] bytes, int from, FieldValues fields) throws RejectedRecordException {
    fields.clear();
    if (bytes == null || bytes.length == 0) {
      throw new RejectedRecordException(RejectReason.EMPTY, "the record has no value");
    }
    try (JsonParser parser = JSON.createParser(bytes, from, bytes.length - from)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new RejectedRecordException(RejectReason.EMPTY, "the record's value is blank");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new RejectedRecordException(
            RejectReason.NOT_A_RECORD,
            "the value is JSON, but " + name(first) + " and not an object with fields");
      }
      readObject(parser, root, fields);
      if (parser.nextToken() != null) {
        throw new RejectedRecordException(
            RejectReason.MALFORMED, "more JSON follows the object; a record holds one");
      }
    } catch (JsonProcessingException e) {
      throw new RejectedRecordException(RejectReason.MALFORMED, notJson(e));
    } catch (IOException e) {
      // Memory can be read; so the bytes are not of the encoding that they begin like (UTF-32).
      throw new RejectedRecordException(RejectReason.MALFORMED, "the value is not valid Unicode");
    }
  }

  private static String notJson(JsonProcessingException e) {
    long column = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    String what =
        e instanceof StreamConstraintsException
            ? "the JSON is nested too deeply or has a value that is too long"
            : "the value is not valid JSON";
    return column < 0 ? what : what + " at byte " + column;
  }

  private static void readObject(JsonParser parser, PathTree tree, FieldValues fields)
      throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      PathTree child = tree.child(name);
      if (child == null) {
        parser.skipChildren();
        continue;
      }
      for (int slot : child.below()) {
        fields.setAbsent(slot);
      }
      readNode(parser, value, child, fields);
    }
  }

  private static void readArray(JsonParser parser, PathTree tree, FieldValues fields)
      throws IOException {
    JsonToken value;
    for (int place = 0; (value = parser.nextToken()) != JsonToken.END_ARRAY; place++) {
      PathTree item = tree.items().get(place);
      if (item == null) {
        parser.skipChildren();
      } else {
        readNode(parser, value, item, fields);
      }
    }
  }

  private static void readNode(
      JsonParser parser, JsonToken value, PathTree tree, FieldValues fields) throws IOException {
    for (int slot : tree.slots()) {
      readValue(parser, value, slot, fields);
    }
    if (value == JsonToken.START_OBJECT && tree.below().length > 0) {
      readObject(parser, tree, fields);
    } else if (value == JsonToken.START_ARRAY && !tree.items().isEmpty()) {
      readArray(parser, tree, fields);
    } else {
      parser.skipChildren();
    }
  }

  private static void readValue(JsonParser parser, JsonToken token, int slot, FieldValues fields)
      throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fields.setNumber(slot, parser.getDoubleValue());
      case VALUE_STRING -> fields.setText(slot, parser.getText());
      case VALUE_TRUE -> fields.setBoolean(slot, true);
      case VALUE_FALSE -> fields.setBoolean(slot, false);
      case VALUE_NULL -> fields.setNull(slot);
      default -> fields.setNested(slot);
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "null";
    };
  }
}
