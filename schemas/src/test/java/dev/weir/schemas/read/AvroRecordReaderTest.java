package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.WireFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroRecordReaderTest {
  private final String scope = UUID.randomUUID().toString();
  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(scope);

  @AfterEach
  void forget() {
    MockSchemaRegistry.drop(scope);
  }

  @Test
  void shouldReadWhatIsWantedAndSkipTheRest() throws RejectedRecordException {
    // Given
    Schema disk = record("Disk", "{'name': 'used', 'type': ['double', 'null']}");
    Schema schema =
        record(
            "Metrics",
            "{'name': 'host', 'type': 'string'}",
            "{'name': 'cpu', 'type': 'float'}",
            "{'name': 'up', 'type': 'boolean'}",
            "{'name': 'memory', 'type': ['null', 'long']}",
            "{'name': 'disk', 'type': %s}".formatted(disk),
            "{'name': 'tags', 'type': {'type': 'map', 'values': 'int'}}",
            "{'name': 'cores', 'type': {'type': 'array', 'items': 'double'}}");
    Map<String, Integer> tags = new LinkedHashMap<>();
    tags.put("rack", 7);
    tags.put("floor", 2);
    Object metrics =
        new GenericRecordBuilder(schema)
            .set("host", "web-1")
            .set("cpu", 0.5f)
            .set("up", true)
            .set("memory", null)
            .set("disk", new GenericRecordBuilder(disk).set("used", 0.25).build())
            .set("tags", tags)
            .set("cores", List.of(10.0, 11.0, 12.0))
            .build();

    // When
    FieldValues fields =
        read(
            AvroBytes.framed(registry, schema, metrics),
            "cores.2",
            "cpu",
            "disk.used",
            "tags.floor",
            "memory",
            "up",
            "host",
            "cores.3",
            "tags.none",
            "disk",
            "cpu",
            "cpu.more",
            "nothing");

    // Then
    assertThat(fields.number(0)).isEqualTo(12);
    assertThat(fields.number(1)).isEqualTo(0.5);
    assertThat(fields.number(2)).isEqualTo(0.25);
    assertThat(fields.number(3)).isEqualTo(2);
    assertThat(fields.kind(4)).isEqualTo(FieldKind.NULL);
    assertThat(fields.kind(5)).isEqualTo(FieldKind.BOOLEAN);
    assertThat(fields.number(5)).isEqualTo(1);
    assertThat(fields.text(6)).isEqualTo("web-1");
    assertThat(fields.kind(7)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.kind(8)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.kind(9)).isEqualTo(FieldKind.NESTED);
    assertThat(fields.number(10)).isEqualTo(0.5);
    assertThat(fields.kind(11)).isEqualTo(FieldKind.ABSENT);
    assertThat(fields.kind(12)).isEqualTo(FieldKind.ABSENT);
  }

  @ParameterizedTest
  @CsvSource({
    "date,                   int,  20000,               20000",
    "time-millis,            int,  1500,                1500",
    "time-micros,            long, 1500250,             1500.25",
    "timestamp-millis,       long, 1700000000123,       1700000000123",
    "timestamp-micros,       long, 1700000000123250,    1700000000123.25",
    "timestamp-nanos,        long, 1700000000123250000, 1700000000123.25",
    "local-timestamp-millis, long, 1700000000123,       1700000000123",
    "local-timestamp-micros, long, 1700000000123250,    1700000000123.25",
    "local-timestamp-nanos,  long, 1700000000123250000, 1700000000123.25",
    "unheard-of,             long, 42,                  42"
  })
  void shouldReadTimesInMillisecondsAndDatesInDays(
      String logical, String type, long stored, double expected) throws RejectedRecordException {
    Schema schema =
        record(
            "Moment",
            "{'name': 'at', 'type': {'type': '%s', 'logicalType': '%s'}}".formatted(type, logical));
    Object value = type.equals("int") ? (Object) (int) stored : (Object) stored;

    FieldValues fields = read(AvroBytes.framed(registry, schema, of(schema, value)), "at");

    assertThat(fields.number(0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.00", "-0.01", "12345.67", "-99999999.99", "12345678901234567890123.45"})
  void shouldReadDecimalsAsNumbers(String text) throws RejectedRecordException {
    // Given
    BigDecimal decimal = new BigDecimal(text);
    Schema asBytes = decimal("'type': 'bytes'");
    Schema asFixed = decimal("'type': 'fixed', 'name': 'Sixteen', 'size': 16");
    Schema big =
        record("Big", "{'name': 'v', 'type': {'type': 'bytes', 'logicalType': 'big-decimal'}}");
    Schema bytesType = asBytes.getField("v").schema();
    Schema fixedType = asFixed.getField("v").schema();
    Schema bigType = big.getField("v").schema();

    // When
    List<byte[]> frames =
        List.of(
            AvroBytes.framed(
                registry,
                asBytes,
                of(
                    asBytes,
                    new Conversions.DecimalConversion()
                        .toBytes(decimal, bytesType, bytesType.getLogicalType()))),
            AvroBytes.framed(
                registry,
                asFixed,
                of(
                    asFixed,
                    new Conversions.DecimalConversion()
                        .toFixed(decimal, fixedType, fixedType.getLogicalType()))),
            AvroBytes.framed(
                registry,
                big,
                of(
                    big,
                    new Conversions.BigDecimalConversion()
                        .toBytes(decimal, bigType, bigType.getLogicalType()))));

    // Then
    for (byte[] frame : frames) {
      FieldValues fields = read(frame, "v");
      assertThat(fields.kind(0)).isEqualTo(FieldKind.NUMBER);
      assertThat(fields.number(0)).isEqualTo(decimal.doubleValue());
    }
  }

  @Test
  void shouldRejectADecimalThatItsSchemaCannotHold() {
    // Given a number of forty digits where 25 are allowed; then one without any digit
    Schema schema = decimal("'type': 'bytes'");
    byte[] digits = BigInteger.TEN.pow(40).toByteArray();

    // Then
    assertRejected(
        AvroBytes.framed(registry, schema, of(schema, ByteBuffer.wrap(digits))),
        RejectReason.MALFORMED,
        "more digits than its schema allows");
    assertRejected(
        AvroBytes.framed(registry, schema, of(schema, ByteBuffer.allocate(0))),
        RejectReason.MALFORMED,
        "a decimal has no bytes");
  }

  @Test
  void shouldReadEnumsUuidsAndBytesAsText() throws RejectedRecordException {
    // Given
    UUID uuid = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    Schema schema =
        record(
            "Texts",
            "{'name': 'e', 'type': {'type': 'enum', 'name': 'State', 'symbols': ['UP', 'DOWN']}}",
            "{'name': 'u', 'type': {'type': 'string', 'logicalType': 'uuid'}}",
            "{'name': 'f', 'type': {'type': 'fixed', 'name': 'U', 'size': 16, 'logicalType': 'uuid'}}",
            "{'name': 'b', 'type': 'bytes'}");
    byte[] sixteen =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    GenericData.Record record = new GenericData.Record(schema);
    record.put("e", new GenericData.EnumSymbol(schema.getField("e").schema(), "DOWN"));
    record.put("u", uuid.toString());
    record.put("f", new GenericData.Fixed(schema.getField("f").schema(), sixteen));
    record.put("b", ByteBuffer.wrap(new byte[] {'a', (byte) 0xe9}));

    // When
    FieldValues fields = read(AvroBytes.framed(registry, schema, record), "e", "u", "f", "b");

    // Then
    assertThat(Stream.of(0, 1, 2, 3).map(fields::text))
        .containsExactly("DOWN", uuid.toString(), uuid.toString(), "a\u00e9");
  }

  @Test
  void shouldFollowASchemaThatChangesMidStream() throws RejectedRecordException {
    // Given one reader, and a field that comes, moves and changes its type
    Schema before = record("Metric", "{'name': 'cpu', 'type': 'float'}");
    Schema after =
        record(
            "Metric",
            "{'name': 'memory', 'type': ['null', 'int'], 'default': null}",
            "{'name': 'cpu', 'type': 'double'}");
    AvroRecordReader reader = new AvroRecordReader(registry, paths("cpu", "memory"));
    FieldValues fields = new FieldValues(2);
    byte[] old = AvroBytes.framed(registry, before, of(before, 1.5f));
    GenericData.Record record = new GenericData.Record(after);
    record.put("memory", 3);
    record.put("cpu", 2.5);
    byte[] young = AvroBytes.framed(registry, after, record);

    for (int i = 0; i < 3; i++) {
      // When / Then
      reader.read(old, fields);
      assertThat(fields.number(0)).isEqualTo(1.5);
      assertThat(fields.kind(1)).isEqualTo(FieldKind.ABSENT);
      reader.read(young, fields);
      assertThat(fields.number(0)).isEqualTo(2.5);
      assertThat(fields.number(1)).isEqualTo(3);
    }
  }

  @Test
  void shouldReadIntoARecursiveSchema() throws RejectedRecordException {
    // Given a list 1, 2, 3
    Schema list =
        record(
            "Cell", "{'name': 'v', 'type': 'int'}", "{'name': 'rest', 'type': ['null', 'Cell']}");
    GenericData.Record cells = null;
    for (int v = 3; v >= 1; v--) {
      GenericData.Record cell = new GenericData.Record(list);
      cell.put("v", v);
      cell.put("rest", cells);
      cells = cell;
    }

    // When
    FieldValues fields =
        read(AvroBytes.framed(registry, list, cells), "v", "rest.rest.v", "rest.rest.rest.v");

    // Then
    assertThat(fields.number(0)).isEqualTo(1);
    assertThat(fields.number(1)).isEqualTo(3);
    assertThat(fields.kind(2)).isEqualTo(FieldKind.ABSENT);
  }

  @Test
  void shouldTakeTheLastOfEqualKeys() throws RejectedRecordException {
    Schema schema =
        record(
            "Tags",
            "{'name': 'm', 'type': {'type': 'map', 'values': ['int', {'type': 'map', 'values': 'int'}]}}");
    int id = registry.register("tags", schema);
    // m: two entries k: {a: 1}, then k: 5
    byte[] body = {4, 2, 'k', 2, 2, 2, 'a', 2, 0, 2, 'k', 0, 10, 0};

    FieldValues fields = read(WireFormat.frame(id, body), "m.k", "m.k.a");

    assertThat(fields.number(0)).isEqualTo(5);
    assertThat(fields.kind(1)).isEqualTo(FieldKind.ABSENT);
  }

  @Test
  void shouldRejectWhatHasNoFrame() {
    byte[] json = "{\"cpu\": 1}".getBytes(StandardCharsets.UTF_8);
    assertRejected(json, RejectReason.NOT_FRAMED, "begins with the byte 0x7b");
    assertRejected(new byte[] {0, 0, 0}, RejectReason.MALFORMED, "3 bytes are too few");
    assertRejected(new byte[] {}, RejectReason.EMPTY, "no value");
    assertRejected(null, RejectReason.EMPTY, "no value");
  }

  @Test
  void shouldRejectAnIdThatTheRegistryDoesNotKnowUntilItDoes() throws RejectedRecordException {
    // Given
    Schema schema = record("Late", "{'name': 'a', 'type': 'int'}");
    byte[] frame = WireFormat.frame(1, new byte[] {14});
    AvroRecordReader reader = new AvroRecordReader(registry, paths("a"));
    FieldValues fields = new FieldValues(1);
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> reader.read(frame, fields))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA))
        .withMessageContaining("1");

    // When
    assertThat(registry.register("late", schema)).isEqualTo(1);

    // Then
    reader.read(frame, fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldReadARecordWhoseSchemaIsNamedInAHeader() throws RejectedRecordException {
    // Given
    Schema schema = record("Bare", "{'name': 'a', 'type': 'int'}");
    int id = registry.register("bare", schema);
    UUID guid = registry.fetch(id).guid().orElseThrow();
    byte[] byGuid =
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(guid.getMostSignificantBits())
            .putLong(guid.getLeastSignificantBits())
            .array();
    byte[] byId = ByteBuffer.allocate(5).putInt(1, id).array();
    byte[] unknown = byGuid.clone();
    unknown[16]++;
    AvroRecordReader reader = new AvroRecordReader(registry, paths("a"));
    FieldValues fields = new FieldValues(1);

    for (int i = 0; i < 2; i++) {
      // When / Then
      reader.read(new byte[] {14}, byGuid, fields);
      assertThat(fields.number(0)).isEqualTo(7);
      reader.read(new byte[] {16}, byId, fields);
      assertThat(fields.number(0)).isEqualTo(8);
      reader.read(WireFormat.frame(id, new byte[] {18}), fields);
      assertThat(fields.number(0)).isEqualTo(9);
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> reader.read(new byte[] {14}, unknown, fields))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA));
      assertThatExceptionOfType(RejectedRecordException.class)
          .isThrownBy(() -> reader.read(new byte[] {14}, new byte[] {1, 2}, fields))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectReason.MALFORMED));
    }
  }

  @Test
  void shouldRejectASchemaThatIsNoRecord() {
    int id = registry.register("text", Schema.create(Schema.Type.STRING));
    assertRejected(
        WireFormat.frame(id, new byte[] {0}),
        RejectReason.UNUSABLE_SCHEMA,
        "of type string, not a record");
  }

  @Test
  void shouldNotRejectWhenTheRegistryCannotBeAsked() {
    // Given a port at which nobody listens
    SchemaRegistry down =
        SchemaRegistries.open(
            Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"));
    AvroRecordReader reader = new AvroRecordReader(down, paths("a"));

    // Then
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> reader.read(WireFormat.frame(1, new byte[] {14}), new FieldValues(1)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(SchemaRegistryException.Kind.UNAVAILABLE));
  }

  @Test
  void shouldRejectTruncatedAndOverlongRecords() {
    Schema schema =
        record("Pair", "{'name': 'a', 'type': 'int'}", "{'name': 'b', 'type': 'string'}");
    GenericData.Record pair = new GenericData.Record(schema);
    pair.put("a", 1);
    pair.put("b", "text");
    byte[] frame = AvroBytes.framed(registry, schema, pair);

    for (int length = WireFormat.HEADER_BYTES; length < frame.length; length++) {
      assertRejected(
          Arrays.copyOf(frame, length), RejectReason.MALFORMED, "end before the record does");
    }
    assertRejected(
        Arrays.copyOf(frame, frame.length + 2), RejectReason.MALFORMED, "2 bytes are left");
  }

  @Test
  void shouldBelieveNoLength() {
    // Given two thousand million, as Avro writes it
    byte[] gigantic = {(byte) 0x80, (byte) 0xd0, (byte) 0xac, (byte) 0xf3, 0x0e};
    for (String type :
        List.of(
            "'string'",
            "'bytes'",
            "{'type': 'array', 'items': 'double'}",
            "{'type': 'array', 'items': 'string'}",
            "{'type': 'map', 'values': 'null'}")) {
      for (String field : List.of("a", "other")) {
        Schema schema = record("Big", "{'name': '%s', 'type': %s}".formatted(field, type));
        int id = registry.register(type + field, schema);
        assertRejected(
            WireFormat.frame(id, gigantic), RejectReason.MALFORMED, "end before the record does");
      }
    }
  }

  @Test
  void shouldPassOverAnyNumberOfItemsThatHaveNoSize() throws RejectedRecordException {
    // Given arrays of all the nulls and empty records that a long can count, in two blocks
    Schema empty = Schema.createRecord("Empty", null, null, false, List.of());
    byte[] most = {-2, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    byte[] body = Arrays.copyOf(most, 2 * most.length + 1);
    System.arraycopy(most, 0, body, most.length, most.length);
    for (Schema items : List.of(Schema.create(Schema.Type.NULL), empty)) {
      Schema schema =
          record("Many", "{'name': 'a', 'type': {'type': 'array', 'items': %s}}".formatted(items));
      int id = registry.register("many-" + items.getType(), schema);

      // When
      FieldValues fields = read(WireFormat.frame(id, body), "a.5", "a");

      // Then
      assertThat(fields.kind(1)).isEqualTo(FieldKind.NESTED);
    }
  }

  @Test
  void shouldRejectWhatIsNestedTooDeeply() {
    // Given records, and arrays, in one another without end
    Schema records = record("Deep", "{'name': 'rest', 'type': ['null', 'Deep']}");
    Schema arrays =
        record("Arrays", "{'name': 'rest', 'type': {'type': 'array', 'items': 'Arrays'}}");
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);

    // Then
    for (Schema schema : List.of(records, arrays)) {
      int id = registry.register(schema.getName(), schema);
      assertRejected(
          WireFormat.frame(id, deep),
          RejectReason.MALFORMED,
          "more than 500 records, arrays and maps lie in one another");
    }
    Schema endless = record("Endless", "{'name': 'rest', 'type': 'Endless'}");
    int id = registry.register("endless", endless);
    assertRejected(WireFormat.frame(id, new byte[0]), RejectReason.MALFORMED, "in one another");
  }

  @Test
  void shouldRejectNumbersThatAreOutOfRange() {
    Schema schema =
        record(
            "Ranges",
            "{'name': 'i', 'type': 'int'}",
            "{'name': 'b', 'type': 'boolean'}",
            "{'name': 'u', 'type': ['null', 'int']}");
    int id = registry.register("ranges", schema);
    byte[] tooLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    byte[] tooLarge = {-128, -128, -128, -128, 32};

    assertRejected(WireFormat.frame(id, tooLong), RejectReason.MALFORMED, "more than ten bytes");
    assertRejected(
        WireFormat.frame(id, tooLarge), RejectReason.MALFORMED, "an int has more than 32 bits");
    assertRejected(
        WireFormat.frame(id, new byte[] {0, 2, 0}), RejectReason.MALFORMED, "neither 0 nor 1");
    assertRejected(
        WireFormat.frame(id, new byte[] {0, 1, 4}), RejectReason.MALFORMED, "one of 2 is wanted");
  }

  private FieldValues read(byte[] frame, String... dotted) throws RejectedRecordException {
    FieldValues fields = new FieldValues(dotted.length);
    new AvroRecordReader(registry, paths(dotted)).read(frame, fields);
    return fields;
  }

  private void assertRejected(byte[] frame, RejectReason reason, String message) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> read(frame, "a", "v", "i", "b", "u"))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static List<FieldPath> paths(String... dotted) {
    return Stream.of(dotted).map(FieldPath::parse).toList();
  }

  private static Schema decimal(String type) {
    return record(
        "Money",
        "{'name': 'v', 'type': {%s, 'logicalType': 'decimal', 'precision': 25, 'scale': 2}}"
            .formatted(type));
  }

  private static Schema record(String name, String... fields) {
    return AvroBytes.schema(
        "{'type': 'record', 'name': '%s', 'fields': [%s]}"
            .formatted(name, String.join(", ", fields))
            .replace('\'', '"'));
  }

  private static Object of(Schema schema, Object first) {
    GenericData.Record record = new GenericData.Record(schema);
    record.put(0, first);
    return record;
  }
}
