package dev.weir.schemas.read;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;

/** One schema twice: as it is registered, and as Google's own library wants it. */
final class ProtoSample {
  static final String TEXT =
      """
      syntax = "proto3";
      package sample.v1;

      import "google/protobuf/timestamp.proto";
      import "google/protobuf/duration.proto";
      import "google/protobuf/wrappers.proto";

      option java_package = "somewhere";

      enum Level { LOW = 0; HIGH = 5; BELOW = -1; }

      message Other { string x = 1; }

      // What is sent.
      message Metrics {
        message Disk {
          double used = 1;
          Metrics within = 2;
          enum Kind { SSD = 0; TAPE = 1; }
          Kind kind = 3;
        }
        reserved 100 to 110;
        double d = 1;
        float f = 2;
        int32 i32 = 3;
        int64 i64 = 4;
        uint32 u32 = 5;
        uint64 u64 = 6;
        sint32 s32 = 7;
        sint64 s64 = 8;
        fixed32 fi32 = 9;
        fixed64 fi64 = 10;
        sfixed32 sf32 = 11;
        sfixed64 sf64 = 12;
        bool up = 13;
        string host = 14;
        bytes raw = 15;
        Level level = 16;
        Disk disk = 17;
        optional double maybe = 18;
        repeated double packed = 19;
        repeated int32 loose = 20 [packed = false];
        repeated Disk disks = 21;
        map<string, double> tags = 22;
        map<int32, Disk> racks = 23;
        google.protobuf.Timestamp at = 24;
        google.protobuf.Duration took = 25;
        google.protobuf.DoubleValue wrapped = 26;
        oneof choice { int32 left = 27; string right = 28; }
        repeated string words = 29;
        sint32 far = 70000;
      }
      """;

  static final Descriptor METRICS = file().findMessageTypeByName("Metrics");

  private ProtoSample() {}

  private static FileDescriptor file() {
    String[] scalars = {
      "d DOUBLE",
      "f FLOAT",
      "i32 INT32",
      "i64 INT64",
      "u32 UINT32",
      "u64 UINT64",
      "s32 SINT32",
      "s64 SINT64",
      "fi32 FIXED32",
      "fi64 FIXED64",
      "sf32 SFIXED32",
      "sf64 SFIXED64",
      "up BOOL",
      "host STRING",
      "raw BYTES"
    };
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < scalars.length; i++) {
      String[] words = scalars[i].split(" ", 2);
      fields.append(field(words[0], i + 1, "OPTIONAL", words[1], ""));
    }
    String metrics = ".sample.v1.Metrics";
    fields
        .append(field("level", 16, "OPTIONAL", "ENUM", ".sample.v1.Level"))
        .append(field("disk", 17, "OPTIONAL", "MESSAGE", metrics + ".Disk"))
        .append(
            field("maybe", 18, "OPTIONAL", "DOUBLE", "")
                .replace("}", " proto3_optional: true oneof_index: 1 }"))
        .append(field("packed", 19, "REPEATED", "DOUBLE", ""))
        .append(
            field("loose", 20, "REPEATED", "INT32", "")
                .replace("}", " options { packed: false } }"))
        .append(field("disks", 21, "REPEATED", "MESSAGE", metrics + ".Disk"))
        .append(field("tags", 22, "REPEATED", "MESSAGE", metrics + ".TagsEntry"))
        .append(field("racks", 23, "REPEATED", "MESSAGE", metrics + ".RacksEntry"))
        .append(field("at", 24, "OPTIONAL", "MESSAGE", ".google.protobuf.Timestamp"))
        .append(field("took", 25, "OPTIONAL", "MESSAGE", ".google.protobuf.Duration"))
        .append(field("wrapped", 26, "OPTIONAL", "MESSAGE", ".google.protobuf.DoubleValue"))
        .append(field("left", 27, "OPTIONAL", "INT32", "").replace("}", " oneof_index: 0 }"))
        .append(field("right", 28, "OPTIONAL", "STRING", "").replace("}", " oneof_index: 0 }"))
        .append(field("words", 29, "REPEATED", "STRING", ""))
        .append(field("far", 70000, "OPTIONAL", "SINT32", ""));
    String text =
        """
        name: "sample.proto" package: "sample.v1" syntax: "proto3"
        dependency: "google/protobuf/timestamp.proto"
        dependency: "google/protobuf/duration.proto"
        dependency: "google/protobuf/wrappers.proto"
        enum_type { name: "Level" value { name: "LOW" number: 0 }
          value { name: "HIGH" number: 5 } value { name: "BELOW" number: -1 } }
        message_type { name: "Other" %s }
        message_type { name: "Metrics" %s
          nested_type { name: "Disk" %s %s %s
            enum_type { name: "Kind" value { name: "SSD" number: 0 } value { name: "TAPE" number: 1 } } }
          nested_type { name: "TagsEntry" %s %s options { map_entry: true } }
          nested_type { name: "RacksEntry" %s %s options { map_entry: true } }
          oneof_decl { name: "choice" } oneof_decl { name: "_maybe" } }
        """
            .formatted(
                field("x", 1, "OPTIONAL", "STRING", ""),
                fields,
                field("used", 1, "OPTIONAL", "DOUBLE", ""),
                field("within", 2, "OPTIONAL", "MESSAGE", metrics),
                field("kind", 3, "OPTIONAL", "ENUM", metrics + ".Disk.Kind"),
                field("key", 1, "OPTIONAL", "STRING", ""),
                field("value", 2, "OPTIONAL", "DOUBLE", ""),
                field("key", 1, "OPTIONAL", "INT32", ""),
                field("value", 2, "OPTIONAL", "MESSAGE", metrics + ".Disk"));
    try {
      FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
      TextFormat.merge(text, file);
      return FileDescriptor.buildFrom(
          file.build(),
          new FileDescriptor[] {
            TimestampProto.getDescriptor(),
            DurationProto.getDescriptor(),
            WrappersProto.getDescriptor()
          });
    } catch (TextFormat.ParseException | DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String field(String name, int number, String label, String type, String typeName) {
    return "field { name: \"%s\" number: %d label: LABEL_%s type: TYPE_%s%s }\n"
        .formatted(
            name,
            number,
            label,
            type,
            typeName.isEmpty() ? "" : " type_name: \"" + typeName + "\"");
  }
}
