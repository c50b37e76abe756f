package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.TinyManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * State as a released Weir keeps it in Kafka: the entries of its stores after a story that {@link
 * ReleasedStateTest} goes on with.
 *
 * <p>How to pin the next version: before its release, run {@code mvn -pl
 * apicurio,model,schemas,broker,scorer verify -Dtest=ReleasedStateTest
 * -Dsurefire.failIfNoSpecifiedTests=false -DskipITs -Dweir.released=0.2}. It writes {@code
 * src/test/resources/released/state-0.2.txt}; add it, and change none of the older ones.
 */
final class ReleasedState {
  static final Path FOLDER = Path.of("src/test/resources/released");

  /** A difference, a rolling mean and a plain number, in windows of three rows. */
  static final Manifest MODEL =
      TinyManifest.of(
          new FeatureSpec(
              List.of(
                  new Feature(
                      "cpu.difference",
                      FieldPath.parse("cpu"),
                      FeatureType.NUMERIC,
                      Transform.DIFFERENCE,
                      null,
                      null),
                  new Feature(
                      "cpu.mean",
                      FieldPath.parse("cpu"),
                      FeatureType.NUMERIC,
                      Transform.ROLLING_MEAN,
                      4,
                      null),
                  Feature.numeric("memory"))),
          3,
          "0".repeat(64));

  private ReleasedState() {}

  static ScorerConfig config() {
    return Configs.of(
        "output.scored=scores",
        "alerts.incidents.openAfter=2",
        "alerts.incidents.updateEvery=1m",
        "alerts.incidents.closeAfter=10m",
        "alerts.silence.after=1h");
  }

  /** Two hosts; one of them has an open incident of three records since the fourth minute. */
  static void tell(TopologyFixture fixture) {
    int[] sick = {10, 11, 12, 32, 52, 72};
    for (int minute = 0; minute < sick.length; minute++) {
      fixture.pipeAt(minutes(minute), "sick", record(sick[minute]));
      fixture.pipeAt(minutes(minute), "well", record(5 + minute % 2));
      fixture.pipe(null, bytes(record(1)), NOW.plusMillis(minutes(minute)), new RecordHeaders());
    }
  }

  static long minutes(int minute) {
    return Duration.ofMinutes(minute).toMillis();
  }

  static String record(int cpu) {
    return "{\"cpu\": " + cpu + ", \"memory\": 0.5}";
  }

  /** Writes the state of today's code. */
  static void write(String version) throws IOException {
    List<String> lines = new ArrayList<>();
    try (TopologyFixture fixture = new TopologyFixture(config(), MODEL)) {
      tell(fixture);
      Names names = new Names("");
      for (String name : List.of(names.encoderStates(), names.keyWatches())) {
        KeyValueStore<Bytes, byte[]> store = fixture.driver.getKeyValueStore(name);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
          all.forEachRemaining(
              entry -> lines.add(name + " " + text(entry.key.get()) + " " + text(entry.value)));
        }
      }
    }
    Files.write(FOLDER.resolve("state-" + version + ".txt"), lines);
  }

  /** Puts what a file holds into the stores of a topology that has seen no record yet. */
  static Map<String, Integer> restore(Path file, TopologyFixture fixture) throws IOException {
    Map<String, Integer> entries = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", -1);
      KeyValueStore<Bytes, byte[]> store = fixture.driver.getKeyValueStore(parts[0]);
      store.put(
          Bytes.wrap(Base64.getDecoder().decode(parts[1])), Base64.getDecoder().decode(parts[2]));
      entries.merge(parts[0], 1, Integer::sum);
    }
    return entries;
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
