package dev.weir.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.serde.WireFormatException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  @Property(seed = "20260")
  void shouldFindTheIdAndTheBodyThatWereFramed(@ForAll int id, @ForAll byte[] body) {
    byte[] frame = WireFormat.frame(id, body);

    assertThat(WireFormat.schemaId(frame)).isEqualTo(id);
    assertThat(Arrays.copyOfRange(frame, WireFormat.HEADER_BYTES, frame.length)).isEqualTo(body);
  }

  @Property(seed = "20260")
  void shouldWriteTheHeaderOfAFrame(@ForAll int id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireFormat.writeHeader(out, id);

    assertThat(out.toByteArray()).isEqualTo(WireFormat.frame(id, new byte[0]));
  }

  @Test
  void shouldBeConfluentsWireFormat() {
    assertThat(WireFormat.frame(0x01020384, new byte[] {9}))
        .containsExactly(0, 1, 2, 3, (byte) 0x84, 9);
  }

  @Property(seed = "20260")
  void shouldRefuseATruncatedHeader(@ForAll int id, @ForAll @IntRange(max = 4) int length) {
    byte[] truncated = Arrays.copyOf(WireFormat.frame(id, new byte[0]), length);

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> WireFormat.schemaId(truncated))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED));
  }

  @Property(seed = "20260")
  void shouldRefuseAnyOtherMagicByte(
      @ForAll @IntRange(min = 1, max = 255) int magic, @ForAll byte[] rest) {
    byte[] frame = new byte[rest.length + 1];
    frame[0] = (byte) magic;
    System.arraycopy(rest, 0, frame, 1, rest.length);

    assertThatExceptionOfType(WireFormatException.class)
        .isThrownBy(() -> WireFormat.schemaId(frame))
        .withMessageContaining("0x%02x", magic)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_MAGIC));
  }
}
