package dev.weir.scorer.topology;

import dev.weir.schemas.serde.Frame;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The header in which Confluent's newer serializers name a value's schema. */
final class SchemaHeader {
  private SchemaHeader() {}

  /** What it says; null if it is not there. */
  static byte[] of(Headers headers) {
    Header header = headers.lastHeader(Frame.VALUE_HEADER);
    return header == null ? null : header.value();
  }
}
