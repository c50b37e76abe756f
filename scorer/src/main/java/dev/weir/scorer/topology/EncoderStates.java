package dev.weir.scorer.topology;

import dev.weir.model.feature.EncoderState;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.InvalidStateException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an encoder remembers of a task's keys. Not thread-safe. */
final class EncoderStates implements HeldObjects.Format<EncoderState> {
  private static final Logger log = LoggerFactory.getLogger(EncoderStates.class);

  private final HeldObjects<EncoderState> states;
  private final FeatureEncoder encoder;
  private final Role role;
  private boolean hasBegunAnew;

  /** Whose states they are: models that encode differently remember different things. */
  enum Role {
    /** Of the model that alerts. */
    LIVE(0),
    /** Of one that is on trial beside it. */
    SHADOW(1);

    private final int code;

    Role(int code) {
      this.code = code;
    }
  }

  EncoderStates(
      KeyValueStore<Bytes, byte[]> store,
      CommitBoundary boundary,
      FeatureEncoder encoder,
      Role role,
      int cachedKeys,
      HeldObjects.Limits limits) {
    states = new HeldObjects<>(store, boundary, this, cachedKeys, limits);
    this.encoder = encoder;
    this.role = role;
  }

  /** The state of the key of the record that is being processed; the caller may change it. */
  EncoderState of(Origin origin, byte[] key) {
    return states.of(KeyName.of(role.code, origin, key));
  }

  /** Forgets a key. */
  void forget(Origin origin, byte[] key) {
    states.forget(KeyName.of(role.code, origin, key));
  }

  /** Writes to the store what has changed. To be called before every commit. */
  void save() {
    states.save();
  }

  @Override
  public EncoderState read(byte[] bytes) {
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

  @Override
  public byte[] write(EncoderState state) {
    return state.toBytes();
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
}
