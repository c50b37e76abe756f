package dev.weir.scorer.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * How large a record may be. One that is larger must not reach the producer: within a transaction
 * it would fail the whole commit, and again at each try.
 *
 * @param bytes of key, value and headers
 */
record SizeLimit(int bytes) {
  /** What Kafka puts around a record, and more. */
  static final int AROUND = 512;

  /** A header's key and value have a length each. */
  private static final int AROUND_HEADER = 2 * Integer.BYTES;

  boolean allows(byte[] key, byte[] value) {
    return allows(key, value, List.of());
  }

  boolean allows(byte[] key, byte[] value, Iterable<Header> headers) {
    return size(key, value, headers) <= bytes;
  }

  /** What counts against a limit. */
  static long size(byte[] key, byte[] value, Iterable<Header> headers) {
    long size = key == null ? 0 : key.length;
    size += value == null ? 0 : value.length;
    for (Header header : headers) {
      // A letter may be three bytes.
      size += AROUND_HEADER + header.key().getBytes(StandardCharsets.UTF_8).length;
      size += header.value() == null ? 0 : header.value().length;
    }
    return size;
  }
}
