package dev.weir.scorer.topology;

import static dev.weir.scorer.topology.TopologyFixture.NOW;
import static dev.weir.scorer.topology.TopologyFixture.bytes;

import dev.weir.model.bundle.FeatureDistribution;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
 * src/test/resources/released/state-0.2.txt} and {@code trial-0.2.txt}; add them, and change none
 * of the older ones.
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

  /** It says how memory was spread, from 0 to 1. */
  static final Manifest TRIAL =
      new Manifest(
          MODEL.formatVersion(),
          MODEL.name(),
          MODEL.version(),
          MODEL.family(),
          MODEL.window(),
          MODEL.maxGapMillis(),
          MODEL.features(),
          MODEL.calibration(),
          MODEL.threshold(),
          MODEL.provenance(),
          MODEL.modelSha256(),
          null,
          List.of(
              new FeatureDistribution(
                  "memory",
                  IntStream.range(1, 20).mapToObj(i -> i / 20f).toList(),
                  Collections.nCopies(20, 500L),
                  0)));

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

  /** The same with a model on trial, and with drift. */
  static ScorerConfig trialConfig() {
    return Configs.of(
        "alerts.silence.after=1h",
        "shadow.path=other",
        "shadow.topic=compared",
        "drift.window=2h",
        "drift.bins=5",
        "drift.minRecords=100",
        "drift.lasting=10m");
  }

  /** A host whose memory has been about a quarter for three hours, where it was from 0 to 1. */
  static void tellOfTrial(TopologyFixture fixture) {
    for (int minute = 0; minute < 180; minute++) {
      fixture.pipeAt(
          minutes(minute), "steady", "{\"cpu\": " + (5 + minute % 2) + ", \"memory\": 0.25}");
    }
  }

  /** Writes the state of today's code. */
  static void write(String version) throws IOException {
    Names names = new Names("");
    try (TopologyFixture fixture = new TopologyFixture(config(), MODEL)) {
      tell(fixture);
      write("state-" + version, fixture, List.of(names.encoderStates(), names.keyWatches()));
    }
    try (TopologyFixture fixture = new TopologyFixture(trialConfig(), TRIAL)) {
      tellOfTrial(fixture);
      write(
          "trial-" + version,
          fixture,
          List.of(names.encoderStates(), names.keyWatches(), names.driftWindows()));
    }
  }

  private static void write(String file, TopologyFixture fixture, List<String> stores)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : stores) {
      KeyValueStore<Bytes, byte[]> store = fixture.driver.getKeyValueStore(name);
      try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
        all.forEachRemaining(
            entry -> lines.add(name + " " + text(entry.key.get()) + " " + text(entry.value)));
      }
    }
    Files.write(FOLDER.resolve(file + ".txt"), lines);
  }

  /**
   * Has a topology that has seen no record yet begin with what a file holds.
   *
   * @return how many entries each store has
   */
  static Map<String, Integer> restore(Path file, TopologyFixture fixture) throws IOException {
    Map<String, Integer> entries = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split(" ", -1);
      KeyValueStore<Bytes, byte[]> store = fixture.driver.getKeyValueStore(parts[0]);
      store.put(
          Bytes.wrap(Base64.getDecoder().decode(parts[1])), Base64.getDecoder().decode(parts[2]));
      entries.merge(parts[0], 1, Integer::sum);
    }
    fixture.resume();
    return entries;
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
