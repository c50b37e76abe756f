package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Configs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of records does not depend on how many of them a poll brings. */
class PackedRecordsTest {
  private static final int RECORDS = 400;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alerts.topFeatures=2",
        "output.scored=scored",
        "alerts.incidents.openAfter=2",
        "alerts.silence.after=5s",
        "input.keyField=host",
        "batch.maxRows=1"
      })
  void shouldGiveTheSameHoweverRecordsComeTogether(String setting) {
    List<String> alone = outputs(setting, 1);

    assertThat(alone).hasSizeGreaterThan(10);
    assertThat(outputs(setting, 7)).isEqualTo(alone);
    assertThat(outputs(setting, RECORDS)).isEqualTo(alone);
  }

  /** All that is published, each topic in its order. */
  private static List<String> outputs(String setting, int most) {
    ScorerConfig config = Configs.of(setting);
    try (TopologyFixture fixture = new TopologyFixture(config)) {
      Random sizes = new Random(most);
      List<ConsumerRecord<byte[], byte[]>> all = records();
      for (int i = 0; i < all.size(); ) {
        int next = Math.min(all.size(), i + 1 + sizes.nextInt(most));
        fixture.pipe(packed(all.subList(i, next), most));
        i = next;
      }
      fixture.driver.advanceWallClockTime(Duration.ofSeconds(1));
      List<String> outputs = new ArrayList<>();
      fixture
          .alerts()
          .readRecordsToList()
          .forEach(
              alert ->
                  outputs.add(
                      alert.timestamp()
                          + " "
                          + alert.getValue().getId()
                          + " "
                          + alert.getValue().getKey()
                          + " "
                          + alert.getValue().getScore()
                          + " "
                          + alert.getValue().getSourceOffset()));
      fixture
          .deadLetters()
          .readRecordsToList()
          .forEach(
              letter ->
                  outputs.add(
                      letter.timestamp()
                          + " "
                          + text(letter.getValue())
                          + " "
                          + text(letter.headers().lastHeader(DeadLetters.OFFSET).value())));
      if (setting.startsWith("output.scored")) {
        fixture
            .scored("scored")
            .readRecordsToList()
            .forEach(scored -> outputs.add(scored.timestamp() + " " + scored.getValue()));
      }
      return outputs;
    }
  }

  /** By the test driver, records have the offsets in which they come: only packs say theirs. */
  private static TestRecord<byte[], byte[]> packed(
      List<ConsumerRecord<byte[], byte[]>> records, int most) {
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    ConsumerRecord<byte[], byte[]> pack = Pack.together(records);
    return most == 1
        ? new TestRecord<>(first.key(), first.value(), first.headers(), first.timestamp())
        : new TestRecord<>(pack.key(), pack.value(), pack.headers(), pack.timestamp());
  }

  /** Of some hosts, some anomalous, some broken, some late, some that end their key. */
  private static List<ConsumerRecord<byte[], byte[]>> records() {
    Random random = new Random(5);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      String host = "host-" + random.nextInt(5);
      double cpu = random.nextInt(4) == 0 ? 1e6 : random.nextDouble();
      String value = "{\"host\": \"%s\", \"cpu\": %s}".formatted(host, cpu);
      int kind = random.nextInt(20);
      long millis = TopologyFixture.NOW.toEpochMilli() + 1_000L * i - (kind == 1 ? 30_000 : 0);
      records.add(
          new ConsumerRecord<>(
              "metrics",
              0,
              i,
              millis,
              TimestampType.CREATE_TIME,
              0,
              0,
              TopologyFixture.bytes(host),
              kind == 2 ? null : TopologyFixture.bytes(kind == 3 ? "{broken" : value),
              new RecordHeaders(),
              Optional.empty()));
    }
    return records;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
