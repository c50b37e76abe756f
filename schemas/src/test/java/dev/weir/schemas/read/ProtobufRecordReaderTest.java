package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaDefinition;
import dev.weir.schemas.registry.SchemaReference;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaType;
import dev.weir.schemas.serde.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProtobufRecordReaderTest {
  /** Metrics is the second message of its file. */
  private static final byte[] SECOND = {2, 2};

  private static final List<String> PATHS =
      List.of(
          "d",
          "f",
          "i32",
          "i64",
          "u32",
          "u64",
          "s32",
          "s64",
          "fi32",
          "fi64",
          "sf32",
          "sf64",
          "up",
          "host",
          "raw",
          "level",
          "maybe",
          "left",
          "right",
          "far",
          "disk.used",
          "disk.kind",
          "disk.within.d",
          "packed.0",
          "packed.2",
          "loose.1",
          "disks.1.used",
          "disks.0.within.i32",
          "tags.a",
          "tags.b",
          "racks.7.used",
          "words.1",
          "host.x",
          "disk",
          "packed",
          "d",
          "at",
          "at.nanos",
          "took",
          "wrapped",
          "wrapped.value");

  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);
  private final int id = register("metrics", ProtoSample.TEXT);
  private final int serialized =
      register("serialized", ProtoSchemaFormsTest.base64(ProtoSample.METRICS.getFile().toProto()));

  @AfterEach
  @AfterTry
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  @Test
  void shouldReadMomentsDurationsAndWrappers() throws RejectedRecordException {
    // Given
    DynamicMessage message =
        message()
            .setField(
                field("at"),
                Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(250_000).build())
            .setField(field("took"), Duration.newBuilder().setSeconds(-2).build())
            .setField(field("wrapped"), DoubleValue.getDefaultInstance())
            .build();

    // When
    FieldValues fields =
        read(message, "at", "took", "wrapped", "at.nanos", "wrapped.value", "disk");
    FieldValues none = read(message().build(), "at", "took", "wrapped", "at.nanos");

    // Then
    assertThat(fields.number(0)).isEqualTo(1_700_000_000_000.25);
    assertThat(fields.number(1)).isEqualTo(-2000);
    assertThat(fields.kind(2)).isEqualTo(FieldKind.NUMBER);
    assertThat(fields.number(2)).isZero();
    assertThat(fields.number(3)).isEqualTo(250_000);
    assertThat(fields.number(4)).isZero();
    assertThat(fields.kind(5)).isEqualTo(FieldKind.ABSENT);
    assertThat(IntStream.range(0, 4).mapToObj(none::kind)).containsOnly(FieldKind.ABSENT);
  }

  @Test
  void shouldMergeAMessageThatIsWrittenInParts() throws RejectedRecordException {
    // Given disk {used: 1}, then disk {kind: TAPE}; host twice; a value of another wire type
    byte[] parts = {
      (byte) 0x8a,
      1,
      9,
      9,
      0,
      0,
      0,
      0,
      0,
      0,
      -16,
      63,
      (byte) 0x8a,
      1,
      2,
      24,
      1,
      0x72,
      1,
      'a',
      0x72,
      1,
      'b',
      0x18,
      5,
      0x1d,
      1,
      2,
      3,
      4
    };

    // When
    FieldValues fields = read(frame(parts), "disk.used", "disk.kind", "host", "i32");

    // Then
    assertThat(fields.number(0)).isEqualTo(1);
    assertThat(fields.text(1)).isEqualTo("TAPE");
    assertThat(fields.text(2)).isEqualTo("b");
    assertThat(fields.number(3)).isEqualTo(5);
  }

  @Test
  void shouldFindTheMessageByItsIndexes() throws RejectedRecordException {
    // Given the first message by the short form and by the long one, and one within the second
    byte[] other = {0x0a, 1, 'z'};
    byte[] disk = {9, 0, 0, 0, 0, 0, 0, -16, 63};

    // Then
    assertThat(read(frame(new byte[] {0}, other), "x").text(0)).isEqualTo("z");
    assertThat(read(frame(new byte[] {2, 0}, other), "x").text(0)).isEqualTo("z");
    assertThat(read(frame(new byte[] {4, 2, 0}, disk), "used").number(0)).isEqualTo(1);
    for (byte[] wrong :
        List.of(new byte[] {2, 4}, new byte[] {2, 1}, new byte[] {4, 0, 0}, new byte[] {1})) {
      assertRejected(frame(wrong, other), RejectReason.MALFORMED);
    }
    assertRejected(WireFormat.frame(id, new byte[0]), RejectReason.MALFORMED);
    assertRejected(frame(new byte[] {-1, -1, 127}, other), RejectReason.MALFORMED);
  }

  @Test
  void shouldReadARecordWhoseSchemaIsNamedInAHeader() throws RejectedRecordException {
    // Given a header with the indexes, and one without; of the first, a body with nothing in it
    UUID guid = registry.fetch(id).guid().orElseThrow();
    ByteBuffer name =
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(guid.getMostSignificantBits())
            .putLong(guid.getLeastSignificantBits());
    byte[] withIndexes = Arrays.copyOf(name.array(), 19);
    withIndexes[17] = 2;
    withIndexes[18] = 2;
    ProtobufRecordReader reader = new ProtobufRecordReader(registry, paths("i32", "x"));
    FieldValues fields = new FieldValues(2);

    // When / Then
    reader.read(new byte[] {0x18, 5}, withIndexes, fields);
    assertThat(fields.number(0)).isEqualTo(5);
    reader.read(new byte[] {0x0a, 1, 'z'}, name.array(), fields);
    assertThat(fields.text(1)).isEqualTo("z");
    reader.read(new byte[0], withIndexes, fields);
    assertThat(fields.kind(0)).isEqualTo(FieldKind.NUMBER);
    assertThat(fields.number(0)).isZero();
  }

  @Test
  void shouldResolveWhatIsImported() throws RejectedRecordException {
    // Given
    register("common", "syntax = \"proto2\"; package a.b; message M { optional int32 v = 1; }");
    String text =
        """
        import "common.proto";
        package a.c;
        message Record {
          optional b.M m = 1;
          repeated group Old = 2 { optional int32 w = 1; }
          optional not.Known u = 3;
          optional .a.b.M n = 4;
        }
        """;
    int imported =
        registry.register(
            "imported",
            new SchemaDefinition(
                SchemaType.PROTOBUF,
                text,
                List.of(new SchemaReference("common.proto", "common", 1))));
    byte[] body = {0, 0x0a, 2, 8, 7, 0x13, 8, 1, 0x14, 0x1a, 1, 99, 0x22, 0};

    // When
    FieldValues fields =
        read(WireFormat.frame(imported, body), "m.v", "u", "n.v", "n", "old.0.w", "u.v");

    // Then
    assertThat(fields.number(0)).isEqualTo(7);
    assertThat(fields.kind(1)).isEqualTo(FieldKind.NESTED);
    assertThat(fields.kind(2)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.kind(3)).isEqualTo(FieldKind.NESTED);
    assertThat(fields.number(4)).isEqualTo(1);
    assertThat(fields.kind(5)).isEqualTo(FieldKind.ABSENT);
  }

  @Test
  void shouldRejectSchemasOfNoUse() {
    int broken = register("broken", "message {");
    int avro =
        registry.register("avro", org.apache.avro.Schema.create(org.apache.avro.Schema.Type.INT));

    assertRejected(WireFormat.frame(broken, new byte[] {0}), RejectReason.UNUSABLE_SCHEMA);
    assertRejected(WireFormat.frame(avro, new byte[] {0}), RejectReason.UNUSABLE_SCHEMA);
    assertRejected(WireFormat.frame(4711, new byte[] {0}), RejectReason.UNKNOWN_SCHEMA);
    assertRejected("{}".getBytes(StandardCharsets.UTF_8), RejectReason.NOT_FRAMED);
    assertRejected(null, RejectReason.EMPTY);
  }

  @Test
  void shouldListTheFieldsOfAMessage() throws RejectedRecordException {
    List<SchemaField> fields =
        RecordFormat.PROTOBUF.fields(registry).orElseThrow().of(frame(new byte[0]), null);

    assertThat(fields)
        .contains(
            new SchemaField("d", SchemaField.Type.NUMBER),
            new SchemaField("up", SchemaField.Type.BOOLEAN),
            new SchemaField("disk.used", SchemaField.Type.NUMBER),
            new SchemaField("at", SchemaField.Type.MOMENT),
            new SchemaField("wrapped", SchemaField.Type.NUMBER),
            new SchemaField("tags", SchemaField.Type.OTHER),
            new SchemaField("right", SchemaField.Type.TEXT),
            new SchemaField("far", SchemaField.Type.NUMBER))
        .hasSize(31);
  }

  @Property(seed = "20264", tries = 1000)
  void shouldAgreeWithGooglesOwnReader(@ForAll long seed) throws RejectedRecordException {
    // Given
    DynamicMessage message = random(ProtoSample.METRICS, new Random(seed), 0);

    // Then
    assertThat(read(message, PATHS.toArray(String[]::new))).satisfies(f -> assertHas(f, message));
  }

  /** Of two messages one after the other, the latter is merged into the former. */
  @Property(seed = "20265", tries = 200)
  void shouldMergeAsGooglesOwnReaderDoes(@ForAll long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    ByteString parts = ByteString.EMPTY;
    for (int i = 0; i < 3; i++) {
      parts = parts.concat(random(ProtoSample.METRICS, random, 0).toByteString());
    }
    DynamicMessage merged = DynamicMessage.parseFrom(ProtoSample.METRICS, parts);

    // When: by the text of the schema, and by its descriptor
    FieldValues byText = read(frame(parts.toByteArray()), PATHS.toArray(String[]::new));
    FieldValues byDescriptor =
        read(frame(serialized, SECOND, parts.toByteArray()), PATHS.toArray(String[]::new));

    // Then
    assertHas(byText, merged);
    assertHas(byDescriptor, merged);
  }

  private static void assertHas(FieldValues fields, DynamicMessage message) {
    for (int slot = 0; slot < PATHS.size(); slot++) {
      Object expected = at(message, List.of(PATHS.get(slot).split("\\.")));
      String where = PATHS.get(slot) + " of " + message;
      if (expected == null) {
        assertThat(fields.kind(slot)).as(where).isEqualTo(FieldKind.ABSENT);
      } else if (expected instanceof Double number) {
        assertThat(fields.kind(slot)).as(where).isEqualTo(FieldKind.NUMBER);
        assertThat(fields.number(slot)).as(where).isEqualTo(number);
      } else if (expected instanceof Boolean value) {
        assertThat(fields.kind(slot)).as(where).isEqualTo(FieldKind.BOOLEAN);
        assertThat(fields.number(slot)).as(where).isEqualTo(value ? 1 : 0);
      } else if (expected instanceof String text) {
        assertThat(fields.text(slot)).as(where).isEqualTo(text);
      } else {
        assertThat(fields.kind(slot)).as(where).isEqualTo(FieldKind.NESTED);
      }
    }
  }

  @Property(seed = "20264", tries = 3000)
  void shouldReadOrRejectWhateverComes(
      @ForAll long seed, @ForAll @Size(max = 80) byte[] body, @ForAll int at, @ForAll byte value)
      throws RejectedRecordException {
    // Given bytes of any kind, and a record with one byte changed or cut off
    byte[] good = random(ProtoSample.METRICS, new Random(seed), 0).toByteArray();
    byte[] damaged = good.clone();
    if (good.length > 0) {
      int place = Math.floorMod(at, good.length);
      damaged[place] = value;
      damaged = seed % 2 == 0 ? damaged : Arrays.copyOf(damaged, place);
    }
    ProtobufRecordReader reader =
        new ProtobufRecordReader(registry, paths(PATHS.toArray(String[]::new)));
    FieldValues fields = new FieldValues(PATHS.size());

    for (byte[] any : List.of(WireFormat.frame(id, body), frame(body), frame(damaged))) {
      // When
      try {
        reader.read(any, fields);
      } catch (RejectedRecordException e) {
        assertThat(e.reason()).isEqualTo(RejectReason.MALFORMED);
      }

      // Then the reader is none the worse for it
      reader.read(frame(new byte[] {0x18, 5}), fields);
      assertThat(fields.number(2)).isEqualTo(5);
      assertThat(fields.kind(PATHS.indexOf("packed.0"))).isEqualTo(FieldKind.ABSENT);
    }
  }

  private static DynamicMessage random(Descriptor type, Random random, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (random.nextInt(4) == 0) {
        continue;
      }
      if (!field.isRepeated()) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || depth < 3) {
          message.setField(field, value(field, random, depth));
        }
      } else if (depth < 2) {
        for (int i = random.nextInt(4); i > 0; i--) {
          message.addRepeatedField(field, value(field, random, depth));
        }
      }
    }
    return message.build();
  }

  private static Object value(FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> field.getName().equals("key") ? 7 : (Object) random.nextInt();
      case LONG -> random.nextLong();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> List.of("a", "b", "größer").get(random.nextInt(3));
      case BYTE_STRING -> ByteString.copyFrom(new byte[] {1, (byte) 0xe9});
      case ENUM -> field.getEnumType().getValues().get(random.nextInt(2));
      case MESSAGE -> random(field.getMessageType(), random, depth + 1);
    };
  }

  /** What Google's library has at a path: a Double, Boolean or String, null, or something else. */
  private static Object at(DynamicMessage message, List<String> names) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(names.get(0));
    List<String> rest = names.subList(1, names.size());
    if (field.isMapField()) {
      if (rest.isEmpty()) {
        return message.getRepeatedFieldCount(field) == 0 ? null : message;
      }
      DynamicMessage found = null;
      for (Object each : (List<?>) message.getField(field)) {
        DynamicMessage entry = (DynamicMessage) each;
        Object key = entry.getField(entry.getDescriptorForType().findFieldByName("key"));
        found = key.toString().equals(rest.get(0)) ? entry : found;
      }
      if (found == null) {
        return null;
      }
      List<String> inEntry = new ArrayList<>(List.of("value"));
      inEntry.addAll(rest.subList(1, rest.size()));
      return at(found, inEntry);
    }
    if (field.isRepeated()) {
      if (rest.isEmpty()) {
        return message.getRepeatedFieldCount(field) == 0 ? null : message;
      }
      int place = Integer.parseInt(rest.get(0));
      return place >= message.getRepeatedFieldCount(field)
          ? null
          : plain(field, message.getRepeatedField(field, place), rest.subList(1, rest.size()));
    }
    return field.hasPresence() && !message.hasField(field)
        ? null
        : plain(field, message.getField(field), rest);
  }

  /** The single value that one of Google's messages stands for; others as they are. */
  private static Object single(DynamicMessage message) {
    Descriptor type = message.getDescriptorForType();
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp", "google.protobuf.Duration" ->
          (long) message.getField(type.findFieldByNumber(1)) * 1e3
              + (int) message.getField(type.findFieldByNumber(2)) / 1e6;
      case "google.protobuf.DoubleValue" -> message.getField(type.findFieldByNumber(1));
      default -> message;
    };
  }

  private static Object plain(FieldDescriptor field, Object value, List<String> rest) {
    if (value instanceof DynamicMessage inner) {
      return rest.isEmpty() ? single(inner) : at(inner, rest);
    }
    if (!rest.isEmpty()) {
      return null;
    }
    return switch (field.getType()) {
      case UINT32, FIXED32 -> (double) Integer.toUnsignedLong((int) value);
      case UINT64, FIXED64 -> Double.parseDouble(Long.toUnsignedString((long) value));
      case BYTES -> ((ByteString) value).toString(StandardCharsets.ISO_8859_1);
      case ENUM, STRING -> value.toString();
      case BOOL -> value;
      default -> ((Number) value).doubleValue();
    };
  }

  private FieldValues read(DynamicMessage message, String... dotted)
      throws RejectedRecordException {
    return read(frame(message.toByteArray()), dotted);
  }

  private FieldValues read(byte[] frame, String... dotted) throws RejectedRecordException {
    FieldValues fields = new FieldValues(dotted.length);
    new ProtobufRecordReader(registry, paths(dotted)).read(frame, fields);
    return fields;
  }

  private void assertRejected(byte[] frame, RejectReason reason) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> read(frame, "x", "d"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private int register(String subject, String text) {
    return registry.register(subject, new SchemaDefinition(SchemaType.PROTOBUF, text, List.of()));
  }

  private byte[] frame(byte[] body) {
    return frame(SECOND, body);
  }

  private byte[] frame(byte[] indexes, byte[] body) {
    return frame(id, indexes, body);
  }

  private static byte[] frame(int id, byte[] indexes, byte[] body) {
    byte[] all = Arrays.copyOf(indexes, indexes.length + body.length);
    System.arraycopy(body, 0, all, indexes.length, body.length);
    return WireFormat.frame(id, all);
  }

  private static DynamicMessage.Builder message() {
    return DynamicMessage.newBuilder(ProtoSample.METRICS);
  }

  private static FieldDescriptor field(String name) {
    return ProtoSample.METRICS.findFieldByName(name);
  }

  private static List<FieldPath> paths(String... dotted) {
    return Stream.of(dotted).map(FieldPath::parse).toList();
  }
}
