package dev.weir.scorer.topology;

import dev.weir.schemas.AlertKind;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.KeyWatch;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.state.DamagedStateException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a task that an alert policy watches, and when it has to look at each of them again.
 *
 * <p>Time is that of the records of the input partition in which a key was last seen. Records that
 * were given another key come from several input partitions, which are read at paces of their own;
 * so how the partitions' records are mixed says nothing of a key, and changes nothing for keys that
 * stay in one partition. While none come, time goes on with the clock: a topic that falls silent as
 * a whole moves no record's time. One instance belongs to one task, and so to one thread at a time.
 */
final class WatchedKeys implements HeldObjects.Format<KeyWatch> {
  private static final Logger log = LoggerFactory.getLogger(WatchedKeys.class);
  private static final int ROLE = 0;

  /** A task that was held up for longer has not been watching meanwhile. */
  private static final long LONGEST_TICK = 5_000;

  private final AlertPolicy policy;
  private final KeyValueStore<Bytes, byte[]> store;
  private final HeldObjects<KeyWatch> watches;
  private final Map<Partition, Lane> lanes = new HashMap<>();
  private final Map<Bytes, Look> nextLook = new HashMap<>();
  private final int mostKeys;
  private final ScoringListener listener;
  private final OpenIncidents open;
  private boolean hasToldOfKeys;
  private long clock;

  /** One of an input topic. */
  private record Partition(String topic, int number) {}

  /** The time of an input partition, and the keys that are to be looked at by it. */
  private static final class Lane {
    private final NavigableSet<Deadline> deadlines = new TreeSet<>();
    private long recordTime = Long.MIN_VALUE;
    private long clock;
    private long quietMillis;

    private Lane(long clock) {
      this.clock = clock;
    }
  }

  /** When to look at a key again. */
  private record Deadline(long millis, Bytes name) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime != 0 ? byTime : name.compareTo(other.name);
    }
  }

  /** A deadline, and by whose time it is. A key has one at most. */
  private record Look(Deadline deadline, Lane lane) {}

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
      HeldObjects.Limits limits,
      long clock) {
    this.policy = policy;
    this.store = store;
    this.clock = clock;
    listener = limits.listener();
    mostKeys = policy.mostKeys();
    watches = new HeldObjects<>(store, boundary, this, cachedKeys, limits);
    open = new OpenIncidents(listener);
    Map<AlertKind, Integer> counted = noneOpen();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        KeyWatch watch = read(entry.value);
        if (watch.lastRecord() != null) {
          Lane lane = lane(watch.lastRecord());
          lane.recordTime = Math.max(lane.recordTime, watch.lastSeen());
          lookAgain(entry.key, watch, lane);
        }
        count(watch, counted);
      }
    }
    open.set(counted);
  }

  private static Map<AlertKind, Integer> noneOpen() {
    return new EnumMap<>(Map.of(AlertKind.ANOMALY, 0, AlertKind.SILENCE, 0));
  }

  private void count(KeyWatch watch, Map<AlertKind, Integer> counted) {
    policy.open(watch).forEach(kind -> counted.merge(kind, 1, Integer::sum));
  }

  private Lane lane(RecordSource source) {
    return lanes.computeIfAbsent(
        new Partition(source.topic(), source.partition()), unused -> new Lane(clock));
  }

  /**
   * Has the policy judge a record, after whatever was due before it.
   *
   * @param millis at which it counts; before what the source says if that is too far ahead
   * @param now by the clock
   */
  void onRecord(
      byte[] key,
      JudgedRecord judged,
      RecordSource source,
      long millis,
      long now,
      Publisher publisher) {
    Lane lane = goOn(source, millis, now);
    Bytes name = KeyName.of(ROLE, judged.origin(), key);
    KeyWatch watch = watches.of(name);
    Set<AlertKind> before = policy.open(watch);
    AlertPolicy.Outcome outcome = policy.onRecord(watch, source, judged.verdict(), lane.recordTime);
    open.changed(before, policy.open(watch));
    lookAgain(name, watch, lane);
    listener.suppressed(outcome.suppressed());
    publisher.publish(key, outcome.notices());
    onTime(lane, lane.recordTime, publisher);
  }

  /** Forgets a key that is no more; what is open of it is closed, after whatever was due before. */
  void onTombstone(
      byte[] key, Origin origin, RecordSource source, long millis, long now, Publisher publisher) {
    Lane lane = goOn(source, millis, now);
    Bytes name = KeyName.of(ROLE, origin, key);
    KeyWatch watch = watches.of(name);
    Set<AlertKind> before = policy.open(watch);
    List<Notice> notices = policy.onEnd(watch, lane.recordTime);
    open.changed(before, Set.of());
    watches.forget(name);
    cancelLook(name);
    publisher.publish(key, notices);
    onTime(lane, lane.recordTime, publisher);
  }

  private Lane goOn(RecordSource source, long millis, long now) {
    clock = now;
    Lane lane = lane(source);
    lane.clock = now;
    lane.quietMillis = 0;
    lane.recordTime = Math.max(lane.recordTime, millis);
    return lane;
  }

  /** Lets time go on where no records come. */
  void onClock(long now, Publisher publisher) {
    clock = now;
    for (Lane lane : lanes.values()) {
      lane.quietMillis += Math.min(Math.max(0, now - lane.clock), LONGEST_TICK);
      lane.clock = now;
      if (lane.recordTime != Long.MIN_VALUE) {
        onTime(lane, lane.recordTime + lane.quietMillis, publisher);
      }
    }
  }

  /**
   * Forgets keys of which no record has come for so long, by the time of their partition, unless an
   * incident of theirs is open, or their silence is still to be told of.
   *
   * @return how many
   */
  int forgetAfter(long retentionMillis) {
    // What is held may be newer than what is stored.
    watches.save();
    List<Bytes> old = new ArrayList<>();
    Map<AlertKind, Integer> counted = noneOpen();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        KeyWatch watch = read(entry.value);
        if (watch.lastRecord() == null
            || (watch.lastSeen() < lane(watch.lastRecord()).recordTime - retentionMillis
                && !watch.hasIncident()
                && !nextLook.containsKey(entry.key))) {
          old.add(entry.key);
        } else {
          count(watch, counted);
        }
      }
    }
    old.forEach(
        name -> {
          watches.forget(name);
          cancelLook(name);
        });
    open.set(counted);
    return old.size();
  }

  private void onTime(Lane lane, long now, Publisher publisher) {
    while (!lane.deadlines.isEmpty() && lane.deadlines.first().millis() <= now) {
      Deadline due = lane.deadlines.first();
      cancelLook(due.name());
      KeyWatch watch = watches.of(due.name());
      Lane its = watch.lastRecord() == null ? lane : lane(watch.lastRecord());
      if (its == lane) {
        Set<AlertKind> before = policy.open(watch);
        AlertPolicy.Outcome outcome = policy.onTime(watch, now);
        open.changed(before, policy.open(watch));
        lookAgain(due.name(), watch, lane);
        listener.suppressed(outcome.suppressed());
        publisher.publish(KeyName.key(due.name()), outcome.notices());
      } else {
        // It has come from another partition since, whose time is its time now.
        lookAgain(due.name(), watch, its);
      }
    }
  }

  private void lookAgain(Bytes name, KeyWatch watch, Lane lane) {
    OptionalLong deadline = policy.deadline(watch);
    if (deadline.isEmpty()) {
      cancelLook(name);
      return;
    }
    Look known = nextLook.get(name);
    if (known != null && known.deadline().millis() <= deadline.getAsLong()) {
      // It is looked at then, and put off if it is too early.
      return;
    }
    if (known == null && nextLook.size() >= mostKeys && !watch.hasIncident()) {
      listener.unwatched();
      if (!hasToldOfKeys) {
        hasToldOfKeys = true;
        log.warn(
            "more than {} keys are watched for silence by one task; others are not"
                + " (weir_unwatched_records_total). Raise alerts.silence.maxKeys, which takes memory,"
                + " have more partitions, or a shorter state.retention",
            mostKeys);
      }
      return;
    }
    cancelLook(name);
    Deadline next = new Deadline(deadline.getAsLong(), name);
    nextLook.put(name, new Look(next, lane));
    lane.deadlines.add(next);
  }

  private void cancelLook(Bytes name) {
    Look look = nextLook.remove(name);
    if (look != null) {
      look.lane().deadlines.remove(look.deadline());
    }
  }

  /** How many looks at keys are planned: no more than there are keys. */
  int plannedLooks() {
    return lanes.values().stream().mapToInt(lane -> lane.deadlines.size()).sum();
  }

  /** Writes to the store what has changed. To be called before every commit. */
  void save() {
    watches.save();
  }

  /** Nothing more comes. To be called when the task goes; more than once does no harm. */
  void close() {
    open.close();
  }

  @Override
  public KeyWatch read(byte[] bytes) {
    try {
      return KeyWatch.of(bytes);
    } catch (DamagedStateException e) {
      // Alerts on what comes matter more than the memory of what was.
      listener.unpublished(Unpublished.STATE_DAMAGED);
      log.error("a key begins anew", e);
      return new KeyWatch();
    }
  }

  @Override
  public byte[] write(KeyWatch watch) {
    return watch.toBytes();
  }
}
