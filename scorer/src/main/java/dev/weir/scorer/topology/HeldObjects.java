package dev.weir.scorer.topology;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is remembered of a task's keys: of some as objects that are ready to use, of all in a store,
 * which Kafka Streams keeps in a changelog.
 *
 * <p>Objects are written to the store before every commit, and when they make room for others: a
 * key that sends a hundred records between two commits is written once. One instance belongs to one
 * task, and so to one thread at a time.
 *
 * @param <S> what is remembered of a key
 */
final class HeldObjects<S> {
  private static final Logger log = LoggerFactory.getLogger(HeldObjects.class);

  private final KeyValueStore<Bytes, byte[]> store;
  private final CommitBoundary boundary;
  private final Format<S> format;
  private final int capacity;
  private final Limits limits;
  private boolean hasToldOfSize;
  private final Map<Bytes, Held<S>> held = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * How large what is kept may be.
   *
   * @param limit of a name and what is kept under it
   * @param listener hears of what is larger
   */
  record Limits(SizeLimit limit, ScoringListener listener) {}

  /** How objects are kept. */
  interface Format<S> {
    /** What is remembered; from null, what is remembered of a key of which no record has come. */
    S read(byte[] bytes);

    byte[] write(S object);
  }

  /** An object, and where the record came from that changed it last. */
  private static final class Held<S> {
    private final S object;
    private CommitBoundary.Place changedAt;

    private Held(S object) {
      this.object = object;
    }
  }

  /** At most {@code capacity} objects are held, besides those that are in use. */
  HeldObjects(
      KeyValueStore<Bytes, byte[]> store,
      CommitBoundary boundary,
      Format<S> format,
      int capacity,
      Limits limits) {
    this.limits = limits;
    this.store = store;
    this.boundary = boundary;
    this.format = format;
    this.capacity = capacity;
  }

  /** A key's object, which the caller may change until it asks for another one. */
  S of(Bytes name) {
    Held<S> found = held.get(name);
    if (found == null) {
      found = new Held<>(format.read(store.get(name)));
      held.put(name, found);
      makeRoom();
    }
    found.changedAt = boundary.place();
    return found.object;
  }

  /** Forgets a key. */
  void forget(Bytes name) {
    held.remove(name);
    if (limits.limit().allows(name.get(), null)) {
      store.delete(name);
    }
  }

  private void makeRoom() {
    if (held.size() <= capacity) {
      return;
    }
    Map.Entry<Bytes, Held<S>> eldest = held.entrySet().iterator().next();
    CommitBoundary.Place current = boundary.place();
    write(eldest.getKey(), eldest.getValue());
    boundary.restore(current);
    held.remove(eldest.getKey());
  }

  /** Writes to the store what has changed. To be called before every commit. */
  void save() {
    CommitBoundary.Place current = boundary.place();
    held.forEach(this::write);
    boundary.restore(current);
  }

  private void write(Bytes name, Held<S> changed) {
    if (changed.changedAt == null) {
      return;
    }
    // The changelog's records have the time of the record that they come from.
    boundary.restore(changed.changedAt);
    put(name, format.write(changed.object));
    changed.changedAt = null;
  }

  /** What Kafka does not take must not reach its producer: no commit would succeed any more. */
  private void put(Bytes name, byte[] value) {
    if (limits.limit().allows(name.get(), value)) {
      store.put(name, value);
      return;
    }
    if (limits.limit().allows(name.get(), null)) {
      // What was kept before is not what is remembered now.
      store.delete(name);
    }
    limits.listener().unpublished(Unpublished.STATE_TOO_LARGE);
    if (!hasToldOfSize) {
      hasToldOfSize = true;
      log.error(
          "what is remembered of a key in {} is larger than Kafka takes ({} bytes with the key,"
              + " where {} may be); the key begins anew when it is next read from there. Raise"
              + " kafka.max.request.size and the changelog topic's max.message.bytes, or have"
              + " shorter keys or windows",
          store.name(),
          SizeLimit.size(name.get(), value, List.of()),
          limits.limit().bytes());
    }
  }
}
