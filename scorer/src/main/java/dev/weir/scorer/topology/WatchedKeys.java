package dev.weir.scorer.topology;

import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.KeyWatch;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a task that an alert policy watches, and when it has to look at each of them again.
 *
 * <p>Time is that of the records. While none come, it goes on with the clock: a topic that falls
 * silent as a whole moves no record's time. One instance belongs to one task, and so to one thread
 * at a time.
 */
final class WatchedKeys implements HeldObjects.Format<KeyWatch> {
  private static final Logger log = LoggerFactory.getLogger(WatchedKeys.class);
  private static final int ROLE = 0;

  /** A task that was held up for longer has not been watching meanwhile. */
  private static final long LONGEST_TICK = 5_000;

  private final AlertPolicy policy;
  private final KeyValueStore<Bytes, byte[]> store;
  private final HeldObjects<KeyWatch> watches;
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
  private final Map<Bytes, Long> nextLook = new HashMap<>();
  private long recordTime = Long.MIN_VALUE;
  private long clock;
  private long quietMillis;

  /** When to look at a key again, unless the look has been put off since. */
  private record Deadline(long millis, Bytes name) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime != 0 ? byTime : name.compareTo(other.name);
    }
  }

  /** Takes what is to be published of a key. */
  @FunctionalInterface
  interface Publisher {
    void publish(byte[] key, List<Notice> notices);
  }

  /** Goes on with what the store remembers. */
  WatchedKeys(
      AlertPolicy policy,
      KeyValueStore<Bytes, byte[]> store,
      CommitBoundary boundary,
      int cachedKeys,
      long clock) {
    this.policy = policy;
    this.store = store;
    this.clock = clock;
    watches = new HeldObjects<>(store, boundary, this, cachedKeys);
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        KeyWatch watch = read(entry.value);
        recordTime = Math.max(recordTime, watch.lastSeen());
        lookAgain(entry.key, watch);
      }
    }
  }

  /**
   * Has the policy judge a record, after whatever was due before it.
   *
   * @return how many alerts were held back
   */
  int onRecord(
      byte[] key, JudgedRecord judged, RecordSource source, long now, Publisher publisher) {
    clock = now;
    quietMillis = 0;
    recordTime = Math.max(recordTime, source.eventMillis());
    Bytes name = KeyName.of(ROLE, judged.origin(), key);
    KeyWatch watch = watches.of(name);
    AlertPolicy.Outcome outcome = policy.onRecord(watch, source, judged.verdict(), recordTime);
    lookAgain(name, watch);
    publisher.publish(key, outcome.notices());
    onTime(recordTime, publisher);
    return outcome.suppressed();
  }

  /** Lets time go on while no records come. */
  void onClock(long now, Publisher publisher) {
    quietMillis += Math.min(Math.max(0, now - clock), LONGEST_TICK);
    clock = now;
    if (recordTime != Long.MIN_VALUE) {
      onTime(recordTime + quietMillis, publisher);
    }
  }

  /**
   * Forgets keys whose newest record is before a time, unless an incident of theirs is open.
   *
   * @return how many
   */
  int forgetBefore(long millis) {
    // What is held may be newer than what is stored.
    watches.save();
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        KeyWatch watch = read(entry.value);
        if (watch.lastSeen() < millis && !watch.hasIncident()) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(
        name -> {
          watches.forget(name);
          nextLook.remove(name);
        });
    return old.size();
  }

  private void onTime(long now, Publisher publisher) {
    while (!deadlines.isEmpty() && deadlines.peek().millis() <= now) {
      Deadline due = deadlines.poll();
      if (nextLook.getOrDefault(due.name(), Long.MIN_VALUE) != due.millis()) {
        continue;
      }
      nextLook.remove(due.name());
      KeyWatch watch = watches.of(due.name());
      List<Notice> notices = policy.onTime(watch, now);
      lookAgain(due.name(), watch);
      publisher.publish(KeyName.key(due.name()), notices);
    }
  }

  private void lookAgain(Bytes name, KeyWatch watch) {
    OptionalLong deadline = policy.deadline(watch);
    if (deadline.isEmpty()) {
      nextLook.remove(name);
      return;
    }
    Long known = nextLook.get(name);
    if (known != null && known <= deadline.getAsLong()) {
      // It is looked at then, and put off if it is too early.
      return;
    }
    nextLook.put(name, deadline.getAsLong());
    deadlines.add(new Deadline(deadline.getAsLong(), name));
  }

  /** Writes to the store what has changed. To be called before every commit. */
  void save() {
    watches.save();
  }

  @Override
  public KeyWatch read(byte[] bytes) {
    try {
      return KeyWatch.of(bytes);
    } catch (UncheckedIOException e) {
      // Alerts on what comes matter more than the memory of what was.
      log.error("what is kept of a key's incidents cannot be read; the key begins anew", e);
      return new KeyWatch();
    }
  }

  @Override
  public byte[] write(KeyWatch watch) {
    return watch.toBytes();
  }
}
