package dev.weir.scorer.topology;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a record may be. One that is larger must not reach the producer: within a transaction
 * it would fail the whole commit, and again at each try.
 *
 * @param bytes of key, value and headers
 */
record SizeLimit(int bytes) {
  private static final Logger log = LoggerFactory.getLogger(SizeLimit.class);

  /** What Kafka puts around a record, and more. */
  private static final int AROUND = 512;

  private static final int KAFKAS = 1024 * 1024;

  /** By the producer's limit on requests. */
  static SizeLimit of(Map<String, String> kafka) {
    String key = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
    String set = kafka.getOrDefault(StreamsConfig.PRODUCER_PREFIX + key, kafka.get(key));
    try {
      return new SizeLimit((set == null ? KAFKAS : Integer.parseInt(set.strip())) - AROUND);
    } catch (NumberFormatException e) {
      // Kafka refuses it when it starts, and says so better.
      log.debug("{} is no number: {}", key, set, e);
      return new SizeLimit(KAFKAS - AROUND);
    }
  }

  boolean allows(byte[] key, byte[] value, Headers headers) {
    long size = key == null ? 0 : key.length;
    size += value == null ? 0 : value.length;
    for (Header header : headers) {
      size += 2L * Integer.BYTES + header.key().length();
      size += header.value() == null ? 0 : header.value().length;
    }
    return size <= bytes;
  }
}
