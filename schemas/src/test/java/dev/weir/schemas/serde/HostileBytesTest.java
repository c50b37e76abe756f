package dev.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.Alert;
import dev.weir.schemas.TestRecords;
import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.WireFormatException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a reader says what is wrong with them and reads the next record. */
class HostileBytesTest {
  private static final SchemaRegistry REGISTRY = MockSchemaRegistry.ofScope("hostile-bytes-test");
  private static final byte[] GOOD =
      new AvroSerializer<Alert>(REGISTRY).serialize("alerts", TestRecords.alert());
  private static final int ALERT_ID = WireFormat.schemaId(GOOD);

  private final AvroDeserializer<Alert> specific = new AvroDeserializer<>(REGISTRY, Alert.class);
  private final AvroDeserializer<GenericRecord> generic = new AvroDeserializer<>(REGISTRY);

  @Property(seed = "20260")
  void shouldSayThatARecordIsTruncated(@ForAll @IntRange(max = 10_000) int cut) {
    byte[] truncated = Arrays.copyOf(GOOD, cut % GOOD.length);

    assertRefused(specific, truncated, Reason.TRUNCATED);
    assertThat(specific.deserialize("alerts", GOOD)).isEqualTo(TestRecords.alert());
  }

  @Property(seed = "20260")
  void shouldReadOrRefuseWhateverComes(@ForAll @Size(max = 200) byte[] body) {
    byte[] frame = WireFormat.frame(ALERT_ID, body);

    assertReadOrRefused(specific, frame);
    assertReadOrRefused(generic, frame);
    assertThat(specific.deserialize("alerts", GOOD)).isEqualTo(TestRecords.alert());
  }

  @Property(seed = "20260")
  void shouldReadOrRefuseARecordWithOneByteChanged(@ForAll int at, @ForAll byte value) {
    byte[] frame = GOOD.clone();
    int body = frame.length - WireFormat.HEADER_BYTES;
    frame[WireFormat.HEADER_BYTES + Math.floorMod(at, body)] = value;

    assertReadOrRefused(specific, frame);
  }

  @Test
  void shouldSayThatTheMagicByteIsWrong() {
    byte[] json = "{\"cpu\": 1}".getBytes(StandardCharsets.UTF_8);
    assertRefused(specific, json, Reason.WRONG_MAGIC);
  }

  @Test
  void shouldSayThatTheSchemaIdIsUnknown() {
    byte[] frame = WireFormat.frame(4711, new byte[] {1});
    assertThat(assertRefused(specific, frame, Reason.UNKNOWN_SCHEMA_ID))
        .hasMessageContaining("4711");
  }

  @Test
  void shouldSayThatBytesAreLeft() {
    byte[] longer = Arrays.copyOf(GOOD, GOOD.length + 1);
    assertRefused(specific, longer, Reason.TRAILING_BYTES);
    assertRefused(generic, longer, Reason.TRAILING_BYTES);
  }

  @Test
  void shouldNotReserveMemoryForALengthThatTheFrameCannotHold() {
    // Two thousand million as Avro writes it: the length of the alert's first string.
    byte[] gigantic = {(byte) 0x80, (byte) 0xd0, (byte) 0xac, (byte) 0xf3, 0x0e};
    assertRefused(specific, WireFormat.frame(ALERT_ID, gigantic), Reason.TRUNCATED);
  }

  @Test
  void shouldRefuseNestingThatIsTooDeep() {
    // Given: a list of one element, whose rest is a list, …
    int id =
        REGISTRY.register(
            "nested-value",
            TestRecords.parse(
                """
                {"type": "record", "name": "Nested", "namespace": "test",
                 "fields": [{"name": "rest", "type": ["null", "Nested"]}]}"""));
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);
    deep[deep.length - 1] = 0;

    // Then
    assertRefused(generic, WireFormat.frame(id, deep), Reason.MALFORMED);
    assertThat(generic.deserialize("nested", WireFormat.frame(id, new byte[] {2, 0}))).isNotNull();
  }

  private static WireFormatException assertRefused(
      AvroDeserializer<?> deserializer, byte[] frame, Reason reason) {
    WireFormatException[] thrown = new WireFormatException[1];
    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> deserializer.deserialize("alerts", frame))
        .withMessageContaining("topic alerts")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> thrown[0] = e);
    return thrown[0];
  }

  private static <T extends IndexedRecord> void assertReadOrRefused(
      AvroDeserializer<T> deserializer, byte[] frame) {
    try {
      assertThat(deserializer.deserialize("alerts", frame)).isNotNull();
    } catch (WireFormatException e) {
      assertThat(e).hasMessageContaining("topic alerts");
    }
  }
}
