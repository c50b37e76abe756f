package dev.weir.trainer.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What people call the keys of a history. */
final class KeyNames {
  private static final int LONGEST = 64;

  private KeyNames() {}

  /**
   * The names by the keys' numbers; empty if there is one key only, that nobody gave.
   *
   * @param keys texts, partitions as numbers, and bytes, by their numbers; a key may have several
   */
  static List<String> of(List<?> keys) {
    boolean given = keys.stream().anyMatch(key -> !(key instanceof Integer) && !key.equals(""));
    if (!given && keys.stream().distinct().count() < 2) {
      return List.of();
    }
    return keys.stream().map(KeyNames::name).toList();
  }

  private static String name(Object key) {
    if (key instanceof Integer partition) {
      return "partition " + partition;
    }
    String text = key instanceof ByteBuffer bytes ? text(bytes) : key.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static String text(ByteBuffer bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not text: its bytes are what there is to say.
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return "0x" + HexFormat.of().formatHex(copy);
  }
}
