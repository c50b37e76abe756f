package dev.weir.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.serde.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FramedJsonRecordReaderTest {
  private static final byte[] JSON = "{\"cpu\": {\"user\": 7}}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] HEADER = {1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private final FramedJsonRecordReader reader =
      new FramedJsonRecordReader(List.of(FieldPath.parse("cpu.user")));
  private final FieldValues fields = new FieldValues(1);

  @Test
  void shouldReadWhatIsInAFrame() throws RejectedRecordException {
    reader.read(WireFormat.frame(4711, JSON), fields);

    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldReadWhatIsBareIfAHeaderNamesItsSchema() throws RejectedRecordException {
    reader.read(JSON, HEADER, fields);

    assertThat(fields.number(0)).isEqualTo(7);
  }

  @Test
  void shouldRejectWhatHasNoFrameOrNoJson() throws RejectedRecordException {
    assertRejected(JSON, null, RejectReason.NOT_FRAMED);
    assertRejected(null, null, RejectReason.EMPTY);
    assertRejected(null, HEADER, RejectReason.EMPTY);
    assertRejected(new byte[0], HEADER, RejectReason.EMPTY);
    assertRejected(new byte[] {0, 0, 0, 0}, null, RejectReason.MALFORMED);
    assertRejected(new byte[] {0, 0, 0, 0, 1}, null, RejectReason.EMPTY);
    assertRejected(new byte[] {0, 0, 0, 0, 1, '{'}, null, RejectReason.MALFORMED);
    assertRejected(new byte[] {0, 0, 0, 0, 1, '7'}, null, RejectReason.NOT_A_RECORD);
    assertRejected(JSON, new byte[] {2}, RejectReason.MALFORMED);

    // The reader is none the worse for it.
    reader.read(WireFormat.frame(1, JSON), fields);
    assertThat(fields.number(0)).isEqualTo(7);
  }

  private void assertRejected(byte[] value, byte[] header, RejectReason reason) {
    assertThatExceptionOfType(RejectedRecordException.class)
        .isThrownBy(() -> reader.read(value, header, fields))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
