package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeyNamesTest {

  @Test
  void shouldNameTextsBytesAndPartitions() {
    // Given
    Map<Object, Integer> keys = new LinkedHashMap<>();
    keys.put(ByteBuffer.wrap("größe".getBytes(StandardCharsets.UTF_8)), 1);
    keys.put("web-1", 0);
    keys.put(3, 2);
    keys.put(ByteBuffer.wrap(new byte[] {0, -1}), 3);

    // When / Then
    assertThat(KeyNames.of(keys)).containsExactly("web-1", "größe", "partition 3", "0x00ff");
  }

  @Test
  void shouldNameNothingWhereNobodyGaveKeys() {
    assertThat(KeyNames.of(Map.of("", 0))).isEmpty();
    assertThat(KeyNames.of(Map.of(0, 0))).isEmpty();
    assertThat(KeyNames.of(Map.of("web-1", 0))).containsExactly("web-1");
  }
}
