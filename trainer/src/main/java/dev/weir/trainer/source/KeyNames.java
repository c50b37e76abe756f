package dev.weir.trainer.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What people call the keys of a history. */
final class KeyNames {
  private static final int LONGEST = 64;

  private KeyNames() {}

  /**
   * The names by the keys' numbers; empty if there is one key only, that nobody gave.
   *
   * @param keys texts, partitions as numbers, and bytes, each with its number
   */
  static List<String> of(Map<Object, Integer> keys) {
    boolean given =
        keys.keySet().stream().anyMatch(key -> !(key instanceof Integer) && !key.equals(""));
    if (!given && keys.size() < 2) {
      return List.of();
    }
    String[] names = new String[keys.size()];
    keys.forEach((key, id) -> names[id] = name(key));
    return Arrays.asList(names);
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
