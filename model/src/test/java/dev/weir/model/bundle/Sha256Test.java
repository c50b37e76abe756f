package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class Sha256Test {

  @Test
  void shouldGiveDigestOfStandard() {
    // The examples of FIPS 180-2, appendix B
    assertThat(Sha256.hex("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.hex(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void shouldShortenDigest() {
    assertThat(Sha256.hex(new byte[] {0x0a, (byte) 0xff, 3}, 2)).isEqualTo("0aff");
  }
}
