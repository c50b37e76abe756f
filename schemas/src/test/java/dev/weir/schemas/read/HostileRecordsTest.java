package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaDefinition;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaType;
import dev.weir.schemas.serde.AvroDeserializer;
import dev.weir.schemas.serde.WireFormat;
import dev.weir.schemas.serde.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes that somebody made to do harm, in every format: a reader answers with a typed reason, takes
 * no more memory than the record gives cause for, and reads the next record.
 */
final class HostileRecordsTest {
  /** What a record of some hundred bytes may cost beside its own texts, exception included. */
  private static final long MOST_BYTES = 64 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<FieldPath> PATHS =
      Stream.of("n", "t", "deep.deep.n", "list.1", "map.a", "list.0.n", "map", "deep", "things.3")
          .map(FieldPath::parse)
          .toList();

  private static final Schema AVRO =
      AvroBytes.schema(
          """
          {"type": "record", "name": "R", "fields": [
            {"name": "n", "type": "long"},
            {"name": "t", "type": "string"},
            {"name": "deep", "type": ["null", "R"]},
            {"name": "list", "type": {"type": "array", "items": ["double", "R"]}},
            {"name": "map", "type": {"type": "map", "values": ["double", "bytes"]}},
            {"name": "things", "type": {"type": "array", "items": "string"}},
            {"name": "unwanted", "type": ["null", "R", {"type": "map", "values": "R"}]}]}""");

  private static final String PROTOBUF =
      """
      syntax = "proto2";
      message R {
        optional int64 n = 1;
        optional string t = 2;
        optional R deep = 3;
        repeated double list = 4;
        map<string, double> map = 5;
        repeated string things = 6;
        optional group Unwanted = 7 { optional R r = 1; }
      }
      """;

  private static final String JSON =
      "{\"n\": 7, \"t\": \"x\", \"deep\": {\"deep\": {\"n\": 1}}, \"list\": [1, 2]}";

  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);
  private final int avro = registry.register("avro", AVRO);
  private final int protobuf = register("protobuf", SchemaType.PROTOBUF, PROTOBUF);
  private final int json = register("json", SchemaType.JSON, "{}");
  private final FieldValues fields = new FieldValues(PATHS.size());
  private final AvroDeserializer<GenericRecord> objects = new AvroDeserializer<>(registry);

  @AfterEach
  @AfterTry
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatIsWrongWithAFrame(RecordFormat format) throws RejectedRecordException {
    RecordReader reader = format.reader(PATHS, registry);
    if (format.needsRegistry()) {
      assertRejected(reader, new byte[] {1, 0, 0, 0, 1, 0}, RejectReason.NOT_FRAMED);
      assertRejected(reader, new byte[] {0, 0, 0}, RejectReason.MALFORMED);
      assertRejected(reader, WireFormat.frame(-1, new byte[9]), RejectReason.UNKNOWN_SCHEMA);
      assertRejected(
          reader, WireFormat.frame(Integer.MAX_VALUE, new byte[9]), RejectReason.UNKNOWN_SCHEMA);
      int other = format == RecordFormat.AVRO ? json : avro;
      assertRejected(reader, WireFormat.frame(other, new byte[9]), RejectReason.UNUSABLE_SCHEMA);
    }
    assertRejected(reader, null, RejectReason.EMPTY);
    assertRejected(reader, new byte[0], RejectReason.EMPTY);
    reader.read(good(format), fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  /** Truncated at any place, or with lengths, counts and tags put in anywhere. */
  @Property(seed = "20266", tries = 2000)
  void shouldReadOrRejectWhatIsDamaged(
      @ForAll RecordFormat format,
      @ForAll @IntRange(max = 10_000) int at,
      @ForAll @IntRange(max = 8) int kind,
      @ForAll long seed)
      throws RejectedRecordException {
    // Given
    byte[] good = good(format);
    int start = format.needsRegistry() ? WireFormat.HEADER_BYTES : 0;
    int place = start + at % (good.length - start + 1);
    byte[] damaged = damaged(good, place, kind, new Random(seed));
    RecordReader reader = format.reader(PATHS, registry);
    reader.read(good, fields);

    // When / Then
    assertReadOrRejected(reader, damaged, MOST_BYTES);
    if (format == RecordFormat.AVRO) {
      assertReadOrRefused(damaged, MOST_BYTES);
    }
    reader.read(good, fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  /** A long run of one byte is what lengths, counts and nesting are made of. */
  @Property(seed = "20266")
  void shouldReadOrRejectRunsOfOneByte(
      @ForAll RecordFormat format, @ForAll byte value, @ForAll @IntRange(max = 200_000) int length)
      throws RejectedRecordException {
    // Given
    byte[] run = new byte[length];
    Arrays.fill(run, value);
    byte[] record = format.needsRegistry() ? WireFormat.frame(id(format), run) : run;
    RecordReader reader = format.reader(PATHS, registry);
    reader.read(good(format), fields);

    // Then: texts may be as long as the record, in two bytes a character, and built from pieces
    assertReadOrRejected(reader, record, MOST_BYTES + 16L * length);
    if (format == RecordFormat.AVRO) {
      assertReadOrRefused(record, MOST_BYTES + 400L * length);
    }
    reader.read(good(format), fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRejectWhatIsNestedWithoutEnd(RecordFormat format) throws RejectedRecordException {
    // Given records in one another, where somebody looks for a field and where nobody does
    RecordReader reader = format.reader(PATHS, registry);
    RecordReader other = format.reader(List.of(FieldPath.parse("t")), registry);
    for (byte[] deep : nested(format, 200_000)) {
      assertRejected(reader, deep, RejectReason.MALFORMED);
      assertRejected(other, deep, RejectReason.MALFORMED);
      if (format == RecordFormat.AVRO) {
        assertReadOrRefused(deep, Long.MAX_VALUE);
      }
    }
    reader.read(good(format), fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadNumbersWithoutMakingObjects(RecordFormat format) throws RejectedRecordException {
    // Given
    byte[] record = good(format);
    RecordReader reader =
        format.reader(
            Stream.of("n", "deep.deep.n", "list.1", "map.a").map(FieldPath::parse).toList(),
            registry);
    FieldValues numbers = new FieldValues(4);
    long perRecord = Long.MAX_VALUE;

    // When: the first rounds also allocate what is made once, and what is not yet compiled
    for (int round = 0; round < 10; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 5_000; i++) {
        reader.read(record, numbers);
      }
      perRecord = (THREADS.getCurrentThreadAllocatedBytes() - before) / 5_000;
    }

    // Then: Jackson makes a parser for each record
    boolean binary = format == RecordFormat.AVRO || format == RecordFormat.PROTOBUF;
    assertThat(perRecord).isLessThan(binary ? 8 : 3_000);
  }

  private static byte[] damaged(byte[] good, int place, int kind, Random random) {
    byte[] inserted =
        switch (kind) {
          case 0 -> new byte[0];
          // 2^31 - 1, 2^62, -1 and -2^62 in zigzag coding; a varint without end
          case 1 -> new byte[] {-2, -1, -1, -1, 15};
          case 2 -> new byte[] {-128, -128, -128, -128, -128, -128, -128, -128, -128, 1};
          case 3 -> new byte[] {1, -2, -1, -1, -1, 15};
          case 4 -> new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
          case 5 -> new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
          // A tag with a gigantic length, in Protobuf
          case 6 -> new byte[] {0x12, -1, -1, -1, -1, 7};
          case 7 -> "[[[[{{{{\"\\u".getBytes(StandardCharsets.UTF_8);
          default -> {
            byte[] any = new byte[random.nextInt(64)];
            random.nextBytes(any);
            yield any;
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(good, 0, place);
    out.writeBytes(inserted);
    if (kind > 0 && random.nextBoolean()) {
      out.write(good, place, good.length - place);
    }
    return out.toByteArray();
  }

  private List<byte[]> nested(RecordFormat format, int depth) {
    return switch (format) {
      case JSON, JSON_SCHEMA ->
          Stream.of("{\"deep\":", "{\"unwanted\":[")
              .map(each -> each.repeat(depth).getBytes(StandardCharsets.UTF_8))
              .map(each -> format == RecordFormat.JSON ? each : WireFormat.frame(json, each))
              .toList();
      // n 0, t "", then another R; or no R, empty list, map and things, and R in what is unwanted
      case AVRO ->
          Stream.of(new byte[] {0, 0, 2}, new byte[] {0, 0, 0, 0, 0, 0, 2})
              .map(each -> WireFormat.frame(avro, repeated(each, depth)))
              .toList();
      // Groups in one another: what has a length cannot be deeper than it is long
      case PROTOBUF ->
          List.of(
              WireFormat.frame(protobuf, concat(new byte[] {0}, repeated(new byte[] {59}, depth))),
              WireFormat.frame(protobuf, concat(new byte[] {0}, repeated(new byte[] {99}, depth))));
    };
  }

  private static byte[] repeated(byte[] each, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(each);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** Of n 7, t "x", deep.deep.n 1, list 1 and 2, and map {a: 5} as far as the format has it. */
  private byte[] good(RecordFormat format) {
    return switch (format) {
      case JSON -> JSON.getBytes(StandardCharsets.UTF_8);
      case JSON_SCHEMA -> WireFormat.frame(json, JSON.getBytes(StandardCharsets.UTF_8));
      case AVRO -> {
        byte[] rest = {0, 0, 0, 0};
        byte[] deepest = concat(new byte[] {2, 0, 0}, rest);
        byte[] deep = concat(concat(new byte[] {0, 0, 2}, deepest), rest);
        byte[] list = {4, 0, 0, 0, 0, 0, 0, 0, -16, 63, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0};
        byte[] map = {2, 2, 'a', 0, 0, 0, 0, 0, 0, 0, 20, 64, 0, 2, 2, 'y', 0, 0};
        yield WireFormat.frame(
            avro, concat(concat(concat(new byte[] {14, 2, 'x', 2}, deep), list), map));
      }
      case PROTOBUF ->
          WireFormat.frame(
              protobuf,
              new byte[] {
                0, 8, 7, 0x12, 1, 'x', 0x1a, 4, 0x1a, 2, 8, 1, 0x22, 16, 0, 0, 0, 0, 0, 0, -16, 63,
                0, 0, 0, 0, 0, 0, 0, 64, 0x2a, 12, 0x0a, 1, 'a', 0x11, 0, 0, 0, 0, 0, 0, 20, 64,
                0x32, 1, 'y', 0x3b, 0x3c
              });
    };
  }

  private int id(RecordFormat format) {
    return format == RecordFormat.AVRO ? avro : format == RecordFormat.PROTOBUF ? protobuf : json;
  }

  private void assertRejected(RecordReader reader, byte[] record, RejectReason reason) {
    assertThat(reasonOf(reader, record)).isEqualTo(reason);
  }

  private RejectReason reasonOf(RecordReader reader, byte[] record) {
    try {
      reader.read(record, fields);
      return null;
    } catch (RejectedRecordException e) {
      assertThat(e).message().isNotBlank();
      return e.reason();
    }
  }

  private void assertReadOrRejected(RecordReader reader, byte[] record, long mostBytes) {
    assertTakes(
        mostBytes,
        record,
        () ->
            assertThat(reasonOf(reader, record))
                .isIn(null, RejectReason.MALFORMED, RejectReason.EMPTY, RejectReason.NOT_A_RECORD));
  }

  private void assertReadOrRefused(byte[] record, long mostBytes) {
    assertTakes(
        mostBytes,
        record,
        () -> {
          try {
            assertThat(objects.deserialize("any", record)).isNotNull();
          } catch (WireFormatException e) {
            assertThat(e.reason()).isNotNull();
          }
        });
  }

  /** The first time, classes are loaded besides. */
  private static void assertTakes(long mostBytes, byte[] record, Runnable reading) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      reading.run();
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes taken for a record of " + record.length).isLessThan(mostBytes);
  }

  private int register(String subject, SchemaType type, String text) {
    return registry.register(subject, new SchemaDefinition(type, text, List.of()));
  }
}
