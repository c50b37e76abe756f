package dev.weir.schemas.read;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Finds out which of some keys is the next text of a record, without an object for it. */
final class TextKeys {
  private final byte[][] keys;

  /** The key after the one that was found last: writers mostly keep a map's keys in one order. */
  private int likely;

  TextKeys(Collection<String> keys) {
    this.keys =
        keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Which key the next {@code length} bytes are, below 0 if none; the cursor stays. */
  int find(RecordCursor in, int length) {
    for (int i = 0; i < keys.length; i++) {
      int key = likely + i < keys.length ? likely + i : likely + i - keys.length;
      if (in.isNext(keys[key], length)) {
        likely = key + 1;
        return key;
      }
    }
    return -1;
  }
}
