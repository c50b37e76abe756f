package dev.weir.scorer.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a key is called in a store. Keys are of a topic: the same key in another topic is another
 * one. Records without a key are of one key in each partition.
 */
final class KeyName {
  private static final byte PARTITION = 0;
  private static final byte KEY = 1;

  private KeyName() {}

  /**
   * A role, the topic, whether there is a key, and that key or the partition.
   *
   * @param role tells apart what different users of a store keep
   */
  static Bytes of(int role, Origin origin, byte[] key) {
    byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
    int length = key == null ? Integer.BYTES : key.length;
    ByteBuffer bytes = ByteBuffer.allocate(1 + topic.length + 1 + 1 + length);
    // No topic's name has a 0 in it.
    bytes.put((byte) role).put(topic).put((byte) 0);
    if (key == null) {
      bytes.put(PARTITION).putInt(origin.partition());
    } else {
      bytes.put(KEY).put(key);
    }
    return Bytes.wrap(bytes.array());
  }

  /** The key; null if the name is of records without one. */
  static byte[] key(Bytes name) {
    byte[] bytes = name.get();
    int kind = 1;
    while (bytes[kind] != 0) {
      kind++;
    }
    return bytes[kind + 1] == KEY ? Arrays.copyOfRange(bytes, kind + 2, bytes.length) : null;
  }
}
