package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void shouldLeaveOutAKeyThatIsNotThere() {
    assertThat(KeyText.of(null)).isNull();
    assertThat(KeyText.of(new byte[0])).isEmpty();
  }

  @Test
  void shouldShowOtherBytesInHex() {
    assertThat(KeyText.of(new byte[] {(byte) 0xc3})).isEqualTo("0xc3");
    assertThat(KeyText.of(new byte[] {0, 1, (byte) 0x80})).isEqualTo("0x000180");
  }

  @Property
  void shouldReadWhatIsUtf8(@ForAll @CharRange(from = '\u0000', to = '\ud7ff') String key) {
    assertThat(KeyText.of(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(key);
  }
}
