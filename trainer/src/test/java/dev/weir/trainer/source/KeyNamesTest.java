package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyNamesTest {

  @Test
  void shouldNameTextsBytesAndPartitions() {
    // Given
    List<Object> keys =
        List.of(
            "web-1",
            ByteBuffer.wrap("größe".getBytes(StandardCharsets.UTF_8)),
            3,
            ByteBuffer.wrap(new byte[] {0, -1}),
            "web-1");

    // When / Then
    assertThat(KeyNames.of(keys))
        .containsExactly("web-1", "größe", "partition 3", "0x00ff", "web-1");
  }

  @Test
  void shouldNameNothingWhereNobodyGaveKeys() {
    assertThat(KeyNames.of(List.of("", ""))).isEmpty();
    assertThat(KeyNames.of(List.of(0))).isEmpty();
    assertThat(KeyNames.of(List.of("web-1"))).containsExactly("web-1");
  }
}
