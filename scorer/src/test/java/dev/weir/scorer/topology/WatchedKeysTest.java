package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.config.ConfigReader;
import dev.weir.schemas.AlertKind;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.Notice;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.AlertConfig;
import dev.weir.scorer.fixture.RecordingListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class WatchedKeysTest {
  private static final long MINUTE = 60_000;
  private static final ModelIdentity MODEL =
      new ModelIdentity("tiny", "7", "autoencoder", new AlertThreshold(1e-3, 11));

  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("watches").get();
  private final List<String> heard = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();
  private WatchedKeys keys = restored();

  /** A record of a partition. */
  private record Sent(int partition, long offset, long minute, String key, boolean anomalous) {}

  private WatchedKeys restored() {
    return new WatchedKeys(
        new AlertPolicy(
            "fleet",
            ConfigReader.of(
                List.of(
                    "silence.after=5m",
                    "incidents.openAfter=1",
                    "incidents.closeAfter=7m",
                    "incidents.updateEvery=3m"),
                AlertConfig.class)),
        store,
        CommitBoundary.builder("boundary").build(),
        3,
        new HeldObjects.Limits(new SizeLimit(10_000), listener),
        0);
  }

  private void send(Sent sent) {
    byte[] key = sent.key().getBytes(StandardCharsets.UTF_8);
    long millis = sent.minute() * MINUTE;
    keys.onRecord(
        key,
        new JudgedRecord(
            new Origin("metrics", sent.partition(), sent.offset(), null, true),
            new Verdict(
                MODEL,
                12,
                sent.anomalous() ? 1e-5 : 0.5,
                sent.anomalous(),
                false,
                List.of(),
                OptionalInt.empty()),
            Optional.empty(),
            Optional.empty()),
        new RecordSource("metrics", sent.partition(), sent.offset(), sent.key(), millis),
        millis,
        0,
        this::hear);
  }

  private void end(Sent sent) {
    long millis = sent.minute() * MINUTE;
    byte[] key = sent.key().getBytes(StandardCharsets.UTF_8);
    keys.onTombstone(
        key,
        new Origin("metrics", sent.partition(), sent.offset(), null, true),
        new RecordSource("metrics", sent.partition(), sent.offset(), sent.key(), millis),
        millis,
        0,
        this::hear);
  }

  private void hear(byte[] key, List<Notice> notices) {
    String name = new String(key, StandardCharsets.UTF_8);
    notices.forEach(
        notice ->
            heard.add(
                name
                    + " "
                    + notice.kind()
                    + " "
                    + notice.status()
                    + " "
                    + notice.eventMillis()
                    + " "
                    + notice.id()
                    + " "
                    + notice.silentMillis()
                    + " "
                    + notice.anomalies()));
  }

  /** Keys stay in their partition; some come and go. */
  private static List<List<Sent>> partitions() {
    Random random = new Random(3);
    List<List<Sent>> all = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      List<Sent> records = new ArrayList<>();
      for (long minute = 0; minute < 240; minute++) {
        for (int key = 0; key < 3; key++) {
          boolean isAway = key > 0 && minute / (7 + 4 * key + partition) % 3 == 1;
          if (!isAway && random.nextInt(3) > 0) {
            records.add(
                new Sent(
                    partition,
                    records.size(),
                    minute,
                    "p" + partition + "k" + key,
                    random.nextInt(12) == 0));
          }
        }
      }
      all.add(records);
    }
    return all;
  }

  private List<String> ofKey(String key) {
    return heard.stream().filter(line -> line.startsWith(key)).toList();
  }

  @Test
  void shouldTellTheSameOfKeysHoweverTheirPartitionsAreMixed() {
    // Given each partition read to its end before the next
    partitions().forEach(records -> records.forEach(this::send));
    List<String> before = List.copyOf(heard);
    assertThat(before).hasSizeGreaterThan(100);

    // When they are read at random paces, with restarts in between
    for (long seed = 0; seed < 20; seed++) {
      heard.clear();
      KeyValueStore<Bytes, byte[]> used = store;
      List<Bytes> names = new ArrayList<>();
      try (var entries = used.all()) {
        entries.forEachRemaining(entry -> names.add(entry.key));
      }
      keys.save();
      keys.close();
      names.forEach(used::delete);
      try (var entries = used.all()) {
        names.clear();
        entries.forEachRemaining(entry -> names.add(entry.key));
      }
      names.forEach(used::delete);
      keys = restored();
      Random random = new Random(seed);
      List<List<Sent>> left = new ArrayList<>();
      partitions().forEach(records -> left.add(new ArrayList<>(records)));
      while (left.stream().anyMatch(records -> !records.isEmpty())) {
        List<Sent> next = left.get(random.nextInt(left.size()));
        int portion = Math.min(next.size(), random.nextInt(200));
        next.subList(0, portion).forEach(this::send);
        next.subList(0, portion).clear();
        keys.save();
        keys.close();
        keys = restored();
        assertThat(listener.open).isEqualTo(openByTheirAlerts());
      }

      // Then
      assertThat(heard).containsExactlyInAnyOrderElementsOf(before);
      assertThat(ofKey("p1k1"))
          .isEqualTo(before.stream().filter(l -> l.startsWith("p1k1")).toList());
    }
  }

  /** What was heard to begin, less what was heard to end. */
  private Map<AlertKind, Integer> openByTheirAlerts() {
    Map<AlertKind, Integer> open = new EnumMap<>(AlertKind.class);
    listener.open.keySet().forEach(kind -> open.put(kind, 0));
    for (String line : heard) {
      String[] words = line.split(" ", -1);
      int change = words[2].equals("OPENED") ? 1 : words[2].equals("CLOSED") ? -1 : 0;
      open.merge(AlertKind.valueOf(words[1]), change, Integer::sum);
    }
    return open;
  }

  /** Kafka does not take it, so that what is remembered is lost when others need its place. */
  @Test
  void shouldCountAnewWithoutWhatCouldNotBeKept() {
    // Given an incident that could not be kept, and one that could
    send(new Sent(0, 0, 0, "k".repeat(10_000), true));
    send(new Sent(0, 1, 0, "sick", true));
    for (int key = 0; key < 4; key++) {
      send(new Sent(0, 2 + key, 0, "well" + key, false));
    }
    assertThat(listener.open).isEqualTo(Map.of(AlertKind.ANOMALY, 2));

    // When keys are looked through
    keys.forgetAfter(Duration.ofHours(1).toMillis());

    // Then
    assertThat(listener.open).isEqualTo(Map.of(AlertKind.ANOMALY, 1));
  }

  @Test
  void shouldPlanNothingForKeysThatAreNoMore() {
    // When keys come and go, and what is due of one comes nearer and goes
    for (int i = 0; i < 1000; i++) {
      send(new Sent(i % 3, 3L * i, 1, "gone " + i, i % 7 == 0));
      end(new Sent(i % 3, 3L * i + 1, 1, "gone " + i, false));
      send(new Sent(0, 3L * i + 2, 1, "stays", i % 2 == 0));
    }

    // Then
    assertThat(keys.plannedLooks()).isEqualTo(1);
  }

  @Test
  void shouldLookAtAKeyByTheTimeOfThePartitionInWhichItWasLastSeen() {
    send(new Sent(0, 0, 0, "moves", false));
    send(new Sent(1, 0, 2, "moves", false));
    send(new Sent(0, 1, 30, "stays", false));
    assertThat(heard).isEmpty();

    send(new Sent(1, 1, 8, "other", false));

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).startsWith("moves SILENCE OPENED " + 7 * MINUTE);
  }

  @Test
  void shouldNoticeBySilenceOfAPartitionWhileOthersGoOn() {
    send(new Sent(0, 0, 0, "alone", false));
    for (int second = 0; second <= 300; second++) {
      send(new Sent(1, second, 0, "busy", false));
      keys.onClock(second * 1000L, this::hear);
    }

    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).startsWith("alone SILENCE OPENED " + 5 * MINUTE);
  }

  @Test
  void shouldForgetByTheTimeOfAKeysPartition() {
    send(new Sent(0, 0, 0, "late", false));
    send(new Sent(1, 0, 0, "old", false));
    send(new Sent(1, 1, 600, "new", false));

    assertThat(keys.forgetAfter(Duration.ofHours(1).toMillis())).isEqualTo(1);
    assertThat(keys.forgetAfter(Duration.ofHours(1).toMillis())).isZero();
  }
}
