package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protobuf schemas in all the forms in which registries hold them, and what comes with each. */
final class ProtoSchemaFormsTest {
  private static final String GROUPS =
      """
      syntax = "proto2";
      package old;
      message Metrics {
        message Disk { optional double used = 1; }
        optional group Load = 1 { optional double one = 1; optional Disk disk = 2; }
        repeated group Core = 3 { optional int32 busy = 1; }
        oneof choice {
          group Left = 5 { optional int32 x = 1; }
          int32 right = 6;
        }
        optional int32 last = 7;
      }
      """;

  private static final String GROUPS_DESCRIPTOR =
      """
      name: "old.proto" package: "old" syntax: "proto2"
      message_type { name: "Metrics"
        field { name: "load" number: 1 label: LABEL_OPTIONAL type: TYPE_GROUP type_name: ".old.Metrics.Load" }
        field { name: "core" number: 3 label: LABEL_REPEATED type: TYPE_GROUP type_name: ".old.Metrics.Core" }
        field { name: "left" number: 5 label: LABEL_OPTIONAL type: TYPE_GROUP type_name: ".old.Metrics.Left" oneof_index: 0 }
        field { name: "right" number: 6 label: LABEL_OPTIONAL type: TYPE_INT32 oneof_index: 0 }
        field { name: "last" number: 7 label: LABEL_OPTIONAL type: TYPE_INT32 }
        oneof_decl { name: "choice" }
        nested_type { name: "Load"
          field { name: "one" number: 1 label: LABEL_OPTIONAL type: TYPE_DOUBLE }
          field { name: "disk" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".old.Metrics.Disk" } }
        nested_type { name: "Disk" field { name: "used" number: 1 label: LABEL_OPTIONAL type: TYPE_DOUBLE } }
        nested_type { name: "Core" field { name: "busy" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 } }
        nested_type { name: "Left" field { name: "x" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 } } }
      """;

  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);

  @AfterEach
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  /** As clients register a schema that have no text of it. */
  static String base64(FileDescriptorProto file) {
    return Base64.getEncoder().encodeToString(file.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadGroupsAsGooglesLibraryWritesThem(boolean asDescriptor) throws Exception {
    // Given
    FileDescriptorProto file = descriptor(GROUPS_DESCRIPTOR);
    Descriptor metrics =
        FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Metrics");
    DynamicMessage.Builder message = DynamicMessage.newBuilder(metrics);
    TextFormat.merge(
        "Load { one: 0.5 disk { used: 0.25 } } Core { busy: 3 } Core { busy: 4 } Left { x: 9 } last: 1",
        message);
    byte[] body = message.build().toByteArray();
    int id = register(asDescriptor ? base64(file) : GROUPS);

    // When
    FieldValues fields =
        read(id, body, "load.one", "load.disk.used", "core.1.busy", "left.x", "right", "last");
    FieldValues skipped = read(id, body, "last");

    // Then
    assertThat(Stream.of(0, 1, 2, 3, 5).map(fields::number))
        .containsExactly(0.5, 0.25, 4.0, 9.0, 1.0);
    assertThat(fields.kind(4)).isEqualTo(FieldKind.ABSENT);
    assertThat(skipped.number(0)).isEqualTo(1);
    // The first message within Metrics is Disk: groups have no index.
    byte[] disk = {4, 0, 0, 9, 0, 0, 0, 0, 0, 0, -16, 63};
    assertThat(readRaw(id, disk, "used").number(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0b 08 01, end before", "0b 08 01 14, ends that did not begin", "0c, did not begin"})
  void shouldRejectGroupsThatDoNotEnd(String body, String why) {
    int id = register(GROUPS);
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(body);
    for (String path : List.of("load.one", "last")) {
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> read(id, bytes, path))
          .withMessageContaining(why)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.MALFORMED));
    }
  }

  @Test
  void shouldReadTheLastOfAOneof() throws RejectedRecordException {
    // Given what is wanted, and after it what is not
    int id =
        register(
            """
            syntax = "proto3";
            message M { oneof c { int32 a = 1; Inner b = 2; string other = 3; } }
            message Inner { int32 x = 1; int32 y = 2; }
            """);

    // Then
    FieldValues later = read(id, new byte[] {8, 5, 0x1a, 1, 'z'}, "a", "b.x");
    assertThat(later.kind(0)).isEqualTo(FieldKind.ABSENT);
    FieldValues message = read(id, new byte[] {8, 5, 0x12, 2, 8, 7}, "a", "b.x", "b");
    assertThat(message.kind(0)).isEqualTo(FieldKind.ABSENT);
    assertThat(message.number(1)).isEqualTo(7);
    assertThat(message.kind(2)).isEqualTo(FieldKind.NESTED);
    FieldValues number = read(id, new byte[] {0x12, 2, 8, 7, 8, 5}, "a", "b.x", "b");
    assertThat(number.number(0)).isEqualTo(5);
    assertThat(number.kind(1)).isEqualTo(FieldKind.ABSENT);
    assertThat(number.kind(2)).isEqualTo(FieldKind.ABSENT);
    // A message in two parts with another field between them is only its second part.
    FieldValues parts = read(id, new byte[] {0x12, 2, 8, 7, 8, 5, 0x12, 2, 16, 1}, "b.x", "b.y");
    assertThat(parts.number(0)).isZero();
    assertThat(parts.number(1)).isEqualTo(1);
    // Bytes of another wire type are no field of the choice.
    assertThat(read(id, new byte[] {8, 5, 0x18, 1}, "a").number(0)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023", "2024"})
  void shouldReadEditions(String edition) throws RejectedRecordException {
    // Given
    int id =
        register(
            """
            // What is sent.
            /* edition = "1" */
            edition = "%s";
            package e;
            option features.message_encoding = DELIMITED;
            message Inner { double used = 1; }
            message Metrics {
              int32 plain = 1;
              int32 implicit = 2 [features.field_presence = IMPLICIT];
              Inner inner = 3;
              Inner prefixed = 4 [features = { message_encoding: LENGTH_PREFIXED }];
              map<string, Inner> disks = 5;
              repeated int32 packed = 6;
              google.protobuf.Timestamp at = 7;
            }
            """
                .formatted(edition));
    byte[] nothing = {};
    byte[] one = {9, 0, 0, 0, 0, 0, 0, -16, 63};
    byte[] body =
        concat(
            new byte[] {0x1b},
            one,
            new byte[] {0x1c, 0x22, 9},
            one,
            new byte[] {0x2a, 14, 0x0a, 1, 'a', 0x12, 9},
            one,
            new byte[] {0x32, 2, 4, 5},
            new byte[] {0x3b, 8, 2, 0x3c});

    // When
    String[] paths = {
      "plain", "implicit", "inner.used", "prefixed.used", "disks.a.used", "packed.1", "at"
    };
    FieldValues none = readRaw(id, concat(new byte[] {2, 2}, nothing), paths);
    FieldValues all = readRaw(id, concat(new byte[] {2, 2}, body), paths);

    // Then
    assertThat(none.kind(0)).isEqualTo(FieldKind.ABSENT);
    assertThat(none.kind(1)).isEqualTo(FieldKind.NUMBER);
    assertThat(Stream.of(2, 3, 4, 5, 6).map(all::number))
        .containsExactly(1.0, 1.0, 1.0, 5.0, 2000.0);
  }

  @Test
  void shouldReadEditionsInDescriptors() throws Exception {
    // Given
    String text =
        """
        name: "e.proto" syntax: "editions" edition: EDITION_2023
        options { features { field_presence: IMPLICIT } }
        message_type { name: "M"
          field { name: "a" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 }
          field { name: "b" number: 2 label: LABEL_OPTIONAL type: TYPE_INT32
            options { features { field_presence: EXPLICIT } } }
          field { name: "m" number: 3 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".M"
            options { features { message_encoding: DELIMITED } } } }
        """;
    int id = register(base64(descriptor(text)));

    // When
    FieldValues fields = read(id, new byte[] {0x1b, 8, 6, 0x1c}, "a", "b", "m.a");

    // Then
    assertThat(fields.kind(0)).isEqualTo(FieldKind.NUMBER);
    assertThat(fields.kind(1)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.number(2)).isEqualTo(6);
  }

  @Test
  void shouldFollowImportsFromTextToDescriptorAndBack() throws Exception {
    // Given
    registry.register(
        "common",
        new SchemaDefinition(
            SchemaType.PROTOBUF,
            base64(
                descriptor(
                    """
                    name: "common.proto" package: "c" syntax: "proto3"
                    message_type { name: "M"
                      field { name: "v" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 } }
                    """)),
            List.of()));
    int id =
        registry.register(
            "text",
            new SchemaDefinition(
                SchemaType.PROTOBUF,
                "syntax = \"proto3\"; import \"common.proto\"; message R { c.M m = 1; }",
                List.of(new SchemaReference("common.proto", "common", 1))));

    // Then
    assertThat(read(id, new byte[] {0x0a, 2, 8, 7}, "m.v").number(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "AAAA, neither .proto text nor a file descriptor in Base64",
    "abc, neither .proto text nor a file descriptor in Base64",
    "'edition = \"2031\"; message M {}', 'knows editions 2023 and 2024, but not 2031'",
    "'syntax = \"proto9\";', not valid",
    "'message {', not valid",
    "'', no message at index"
  })
  void shouldSayWhyASchemaIsOfNoUse(String schema, String why) {
    int id = register(schema);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> read(id, new byte[0], "a"))
        .withMessageContaining(why);
  }

  @Test
  void shouldFindKeysOfMapsOfEveryType() throws RejectedRecordException {
    // Given for each type of key its largest, its smallest, and the default that is not written
    int id =
        register(
            """
            syntax = "proto3";
            message M {
              map<int32, int32> i = 1; map<uint32, int32> u = 2; map<sint64, int32> s = 3;
              map<uint64, int32> l = 4; map<bool, int32> b = 5; map<string, int32> t = 6;
              map<fixed64, int32> f = 7; map<sfixed32, int32> g = 8;
            }
            """);
    byte[] body =
        concat(
            entry(1, 0x08, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1),
            entry(2, 0x08, -1, -1, -1, -1, 15),
            entry(3, 0x08, 3),
            entry(4, 0x08, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1),
            entry(5, 0x08, 1),
            entry(6, 0x0a, 2, 0xc3, 0xb6),
            entry(7, 0x09, -1, -1, -1, -1, -1, -1, -1, -1),
            entry(8, 0x0d, -2, -1, -1, -1),
            entry(1),
            entry(6),
            entry(5));

    // When
    String[] paths = {
      "i.-1",
      "u.4294967295",
      "s.-2",
      "l.18446744073709551615",
      "b.true",
      "t.ö",
      "f.18446744073709551615",
      "g.-2",
      "i.0",
      "b.false"
    };
    FieldValues fields = read(id, body, paths);
    FieldValues none = read(id, body, "i.01", "i.+1", "u.-1", "b.1", "t.x", "s.x", "l.-1", "i.1");

    // Then
    for (int slot = 0; slot < paths.length; slot++) {
      assertThat(fields.kind(slot)).as(paths[slot]).isEqualTo(FieldKind.NUMBER);
      assertThat(fields.number(slot)).as(paths[slot]).isEqualTo(7);
    }
    for (int slot = 0; slot < none.slots(); slot++) {
      assertThat(none.kind(slot)).isEqualTo(FieldKind.ABSENT);
    }
  }

  /** An entry of the field's map: a key as it is given, and the value 7. */
  private static byte[] entry(int field, int... key) {
    byte[] entry = new byte[key.length + 4];
    entry[0] = (byte) (field << 3 | 2);
    entry[1] = (byte) (key.length + 2);
    for (int i = 0; i < key.length; i++) {
      entry[i + 2] = (byte) key[i];
    }
    entry[key.length + 2] = 0x10;
    entry[key.length + 3] = 7;
    return entry;
  }

  private static byte[] concat(byte[]... parts) {
    byte[] all = {};
    for (byte[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }

  private static FileDescriptorProto descriptor(String text) throws TextFormat.ParseException {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
    TextFormat.merge(text, file);
    return file.build();
  }

  private int register(String schema) {
    return registry.register(
        "s" + schema.hashCode(), new SchemaDefinition(SchemaType.PROTOBUF, schema, List.of()));
  }

  private FieldValues read(int id, byte[] body, String... dotted) throws RejectedRecordException {
    return readRaw(id, concat(new byte[] {0}, body), dotted);
  }

  private FieldValues readRaw(int id, byte[] afterId, String... dotted)
      throws RejectedRecordException {
    FieldValues fields = new FieldValues(dotted.length);
    new ProtobufRecordReader(registry, Stream.of(dotted).map(FieldPath::parse).toList())
        .read(WireFormat.frame(id, afterId), fields);
    return fields;
  }
}
