package dev.weir.cli.crash;

import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records of some keys in turn, each in the record's key and in a field, and models that remember
 * keys. Every key goes wrong now and then; one comes and goes.
 */
final class KeyedRecords {
  /** How many of them come in a second. */
  static final int PER_SECOND = 600;

  /** The input setting by which a record's key is its field. */
  static final String BY_FIELD = "keyField: host";

  private static final int KEYS = 30;

  /**
   * Between two records, in event time: so fast that the wall clock, by which time goes on while no
   * record comes, is never ahead.
   */
  private static final Duration STEP = Duration.ofMillis(125);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** What only the clock says, after the last record, is no more than so far before it. */
  private static final Duration LAST_WORDS = Duration.ofMinutes(3);

  /** Of a key, in records: how often it goes wrong, and for how long. */
  private static final int FAULT_EVERY = 60;

  private static final int FAULT_RECORDS = 6;

  /** A key of which some records in a row are of another key, so many of its own at a time. */
  private static final int COMING_AND_GOING = 5;

  private static final int AWAY_EVERY = 80;
  private static final int AWAY_RECORDS = 20;

  private KeyedRecords() {}

  /** A record, by its number. */
  static ProducerRecord<byte[], byte[]> record(int number) {
    int key = number % KEYS;
    int ofKey = number / KEYS;
    double[] row = TinyHistory.row(new SplittableRandom(number));
    if ((ofKey + key) % FAULT_EVERY < FAULT_RECORDS) {
      row[1] += 20;
    }
    int sender =
        key == COMING_AND_GOING && ofKey % AWAY_EVERY >= AWAY_EVERY - AWAY_RECORDS
            ? key + CrashScene.PARTITIONS
            : key;
    String name = "key-" + sender;
    return new ProducerRecord<>(
        CrashScene.INPUT,
        sender % CrashScene.PARTITIONS,
        START.plus(STEP.multipliedBy(number)).toEpochMilli(),
        name.getBytes(StandardCharsets.UTF_8),
        ("{\"host\":\"" + name + "\"," + TinyHistory.json(row).substring(1))
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Up to when the records alone say what is told of keys, if there are so many of them. */
  static Instant toldUntil(long records) {
    return START.plus(STEP.multipliedBy(records)).minus(LAST_WORDS);
  }

  /** Trains a model with a window and a difference; models differ in their version only. */
  static Path train(Path folder, String version) throws IOException {
    return TinyBundle.train(
            Files.createDirectories(folder),
            "version=" + version,
            "model.window=4",
            "features.columns=[{match: a, transforms: [none, difference]}]")
        .folder();
  }
}
