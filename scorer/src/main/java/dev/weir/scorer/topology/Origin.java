package dev.weir.scorer.topology;

import dev.weir.scorer.state.DamagedStateException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record stood in its input topic, and what its key was there.
 *
 * <p>A record that was given another key has come through a topic of Kafka Streams' own; its origin
 * then stands in a header.
 *
 * @param topic of the input
 * @param partition of that topic
 * @param offset in that partition
 * @param key the record's own; null if it has none
 * @param hasKey whether the field that should have been the key is there; true if none was asked
 */
@SuppressWarnings("ArrayRecordComponent") // the record's own bytes, never written to
record Origin(String topic, int partition, long offset, byte[] key, boolean hasKey) {
  private static final String HEADER = "weir.origin";
  private static final byte VERSION = 1;
  private static final String WHAT =
      "a record in the topic by which this application gives records another key";

  /**
   * Where a record stood before it was given another key.
   *
   * @throws DamagedStateException if the headers do not say so
   */
  static Origin in(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null) {
      throw new DamagedStateException(WHAT, "it has no header " + HEADER);
    }
    return read(header.value());
  }

  /** Of a record that lacks the field that should have been its key. */
  Origin withoutKey() {
    return new Origin(topic, partition, offset, key, false);
  }

  /** The headers that a record is sent on with. */
  Headers addedTo(Headers headers) {
    return headers.add(HEADER, toBytes());
  }

  /** The headers that it came with. */
  static Headers removedFrom(Headers headers) {
    return headers.remove(HEADER);
  }

  private byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(topic);
      out.writeInt(partition);
      out.writeLong(offset);
      out.writeBoolean(hasKey);
      out.writeInt(key == null ? -1 : key.length);
      if (key != null) {
        out.write(key);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static Origin read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new DamagedStateException(
            WHAT, "its header " + HEADER + " is of version " + version + ", not " + VERSION);
      }
      String topic = in.readUTF();
      int partition = in.readInt();
      long offset = in.readLong();
      boolean hasKey = in.readBoolean();
      int length = in.readInt();
      return new Origin(
          topic, partition, offset, length < 0 ? null : in.readNBytes(length), hasKey);
    } catch (IOException e) {
      throw new DamagedStateException(WHAT, e);
    }
  }
}
