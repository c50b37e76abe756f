package dev.weir.scorer.topology;

import dev.weir.model.feature.EncoderState;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.InvalidStateException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an encoder remembers of a task's keys: of some as objects that are ready to use, of all in a
 * store, which Kafka Streams keeps in a changelog.
 *
 * <p>Objects are written to the store before every commit, and when they make room for others: a
 * key that sends a hundred records between two commits is written once. Keys are of a topic: the
 * same key in another topic is another one. Records without a key are of one key in each partition.
 *
 * <p>One instance belongs to one task, and so to one thread at a time.
 */
final class EncoderStates {
  private static final Logger log = LoggerFactory.getLogger(EncoderStates.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final CommitBoundary boundary;
  private final FeatureEncoder encoder;
  private final Role role;
  private final int cachedKeys;
  private final Map<Bytes, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private boolean hasBegunAnew;

  /** Whose states they are: models that encode differently remember different things. */
  enum Role {
    /** Of the model that alerts. */
    LIVE(0),
    /** Of one that is on trial beside it. */
    SHADOW(1);

    private final byte code;

    Role(int code) {
      this.code = (byte) code;
    }
  }

  /** A key's state, and where the record came from that changed it last. */
  private static final class Held {
    private final EncoderState state;
    private CommitBoundary.Place changedAt;

    private Held(EncoderState state) {
      this.state = state;
    }
  }

  EncoderStates(
      KeyValueStore<Bytes, byte[]> store,
      CommitBoundary boundary,
      FeatureEncoder encoder,
      Role role,
      int cachedKeys) {
    this.store = store;
    this.boundary = boundary;
    this.encoder = encoder;
    this.role = role;
    this.cachedKeys = cachedKeys;
  }

  /** The state of the key of the record that is being processed; the caller may change it. */
  EncoderState of(Origin origin, byte[] key) {
    Bytes name = name(role, origin, key);
    Held found = held.get(name);
    if (found == null) {
      found = new Held(read(name));
      held.put(name, found);
      makeRoom();
    }
    found.changedAt = boundary.place();
    return found.state;
  }

  /** Forgets a key. */
  void forget(Origin origin, byte[] key) {
    Bytes name = name(role, origin, key);
    held.remove(name);
    store.delete(name);
  }

  private EncoderState read(Bytes name) {
    byte[] bytes = store.get(name);
    if (bytes == null) {
      return encoder.newState();
    }
    try {
      return encoder.restore(bytes);
    } catch (InvalidStateException e) {
      if (!hasBegunAnew) {
        hasBegunAnew = true;
        log.warn(
            "what was remembered of a key cannot be used by this model ({}); keys begin anew",
            e.getMessage());
      }
      return encoder.newState();
    }
  }

  private void makeRoom() {
    if (held.size() <= cachedKeys) {
      return;
    }
    Map.Entry<Bytes, Held> eldest = held.entrySet().iterator().next();
    CommitBoundary.Place current = boundary.place();
    write(eldest.getKey(), eldest.getValue());
    boundary.restore(current);
    held.remove(eldest.getKey());
  }

  /** Writes to the store what has changed. To be called before every commit. */
  void save() {
    if (held.isEmpty()) {
      return;
    }
    CommitBoundary.Place current = boundary.place();
    held.forEach(this::write);
    boundary.restore(current);
  }

  private void write(Bytes name, Held changed) {
    if (changed.changedAt == null) {
      return;
    }
    // The changelog's records have the time of the record that they come from.
    boundary.restore(changed.changedAt);
    store.put(name, changed.state.toBytes());
    changed.changedAt = null;
  }

  /**
   * Forgets keys whose newest record is before a time. Those that are held as objects are younger,
   * or will be looked at the next time.
   */
  static int forgetBefore(KeyValueStore<Bytes, byte[]> store, long millis) {
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        if (EncoderState.newestTime(entry.value).orElse(Long.MIN_VALUE) < millis) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(store::delete);
    return old.size();
  }

  /** Role, topic, whether there is a key, and that key or the partition. */
  private static Bytes name(Role role, Origin origin, byte[] key) {
    byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
    int length = key == null ? Integer.BYTES : key.length;
    ByteBuffer bytes = ByteBuffer.allocate(1 + topic.length + 1 + 1 + length);
    // No topic's name has a 0 in it.
    bytes.put(role.code).put(topic).put((byte) 0);
    if (key == null) {
      bytes.put((byte) 0).putInt(origin.partition());
    } else {
      bytes.put((byte) 1).put(key);
    }
    return Bytes.wrap(bytes.array());
  }
}
