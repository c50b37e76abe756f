package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Configs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPackerTest {
  private static final TopicPartition FIRST = new TopicPartition("metrics", 0);
  private static final TopicPartition SECOND = new TopicPartition("metrics", 1);

  @Test
  void shouldMakeOneRecordOfAllThatAPollBringsOfAPartition() {
    // Given
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();
    polled.put(FIRST, List.of(record(FIRST, 7), record(FIRST, 8), record(FIRST, 12)));
    polled.put(SECOND, List.of(record(SECOND, 3)));
    Map<TopicPartition, OffsetAndMetadata> next =
        Map.of(FIRST, new OffsetAndMetadata(13), SECOND, new OffsetAndMetadata(4));

    // When
    ConsumerRecords<byte[], byte[]> packed =
        packer().onConsume(new ConsumerRecords<>(polled, next));

    // Then it stands where a commit before it has to begin again, and nothing is lost of it
    assertThat(packed.nextOffsets()).isEqualTo(next);
    assertThat(packed.records(FIRST)).hasSize(1);
    assertThat(packed.records(FIRST).get(0).offset()).isEqualTo(7);
    assertThat(packed.records(FIRST).get(0).leaderEpoch()).contains(5);
    assertThat(packed.records(FIRST).get(0).serializedValueSize()).isEqualTo(30);
    assertThat(unpacked(packed.records(FIRST).get(0))).isEqualTo(polled.get(FIRST));
    assertThat(unpacked(packed.records(SECOND).get(0))).isEqualTo(polled.get(SECOND));
  }

  /** No commit comes within a pack; a slow model must not let the transaction run out of time. */
  @Test
  void shouldNotMakeAPackOfTooMany() {
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    for (int i = 0; i < 2 * RecordPacker.MOST_RECORDS + 1; i++) {
      polled.add(record(FIRST, i));
    }

    List<ConsumerRecord<byte[], byte[]>> packed =
        packer().onConsume(new ConsumerRecords<>(Map.of(FIRST, polled), Map.of())).records(FIRST);

    assertThat(packed)
        .extracting(ConsumerRecord::offset)
        .containsExactly(0L, (long) RecordPacker.MOST_RECORDS, 2L * RecordPacker.MOST_RECORDS);
    assertThat(packed.stream().flatMap(each -> unpacked(each).stream()).toList()).isEqualTo(polled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"input.topics=[metrics,others]", "input.pattern=met.*"})
  void shouldPackRecordsOneByOneWhereATaskReadsSeveralTopics(String input) {
    ScorerConfig config =
        ConfigReader.of(
            List.of(
                "applicationId=weir-test",
                "kafka.bootstrap.servers=localhost:9092",
                "model.path=bundle",
                "schemaRegistry.schema.registry.url=mock://test",
                "output.alerts=alerts",
                "output.deadLetter=dead-letter",
                input),
            ScorerConfig.class);
    List<ConsumerRecord<byte[], byte[]>> polled = List.of(record(FIRST, 7), record(FIRST, 8));

    List<ConsumerRecord<byte[], byte[]>> packed =
        packer(config)
            .onConsume(new ConsumerRecords<>(Map.of(FIRST, polled), Map.of()))
            .records(FIRST);

    assertThat(packed).extracting(ConsumerRecord::offset).containsExactly(7L, 8L);
    assertThat(packed).allMatch(record -> unpacked(record).size() == 1);
  }

  @Test
  void shouldLeaveTopicsOfKafkaStreamsOwnAlone() {
    TopicPartition own = new TopicPartition("weir-test-drift-repartition", 0);
    List<ConsumerRecord<byte[], byte[]>> polled = List.of(record(own, 1), record(own, 2));

    assertThat(
            packer().onConsume(new ConsumerRecords<>(Map.of(own, polled), Map.of())).records(own))
        .isEqualTo(polled);
  }

  @Test
  void shouldGiveEachRecordOfAPackItsOwnTime() {
    // Given one without a time, and one that is late
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(at(7, -1), at(8, 5_000), at(9, -1), at(10, 3_000));
    Pack pack = Pack.serde().deserializer().deserialize("metrics", headers(records), new byte[0]);

    // When
    long time =
        new RecordTime(() -> Long.MAX_VALUE)
            .extractor(Duration.ZERO)
            .extract(deserialized(pack), 2_000);

    // Then
    assertThat(time).isEqualTo(5_000);
    assertThat(List.of(pack.time(0), pack.time(1), pack.time(2), pack.time(3)))
        .containsExactly(2_000L, 5_000L, 5_000L, 3_000L);
  }

  @Test
  void shouldKnowATopicThatKafkaStamps() {
    RecordTime time = new RecordTime(() -> Long.MAX_VALUE);
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(record(FIRST, 7, 1_000, TimestampType.LOG_APPEND_TIME));
    Pack pack = Pack.serde().deserializer().deserialize("metrics", headers(records), new byte[0]);

    time.extractor(Duration.ZERO).extract(deserialized(pack), -1);

    assertThat(time.clock("metrics")).isEqualTo(RecordClock.APPEND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "consumer.", "main.consumer."})
  void shouldComeAfterTheUsersInterceptors(String prefix) {
    String theirs = "org.example.Audit";
    Map<String, Object> settings =
        RecordPacker.settings(Configs.of(), Map.of(prefix + "interceptor.classes", theirs));

    assertThat(settings.get(StreamsConfig.mainConsumerPrefix("interceptor.classes")))
        .isEqualTo(List.of(theirs, RecordPacker.class.getName()));
  }

  @Test
  void shouldNotLetManyPacksWait() {
    String buffered = StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG;

    assertThat(RecordPacker.settings(Configs.of(), Map.of())).containsEntry(buffered, 16);
    assertThat(RecordPacker.settings(Configs.of(), Map.of(buffered, 9)))
        .doesNotContainKey(buffered);
    // Records that have got another key come singly.
    assertThat(RecordPacker.settings(Configs.of("input.keyField=host"), Map.of()))
        .doesNotContainKey(buffered);
  }

  private static RecordPacker packer() {
    return packer(Configs.of());
  }

  /** As a consumer makes it. */
  private static RecordPacker packer(ScorerConfig config) {
    Map<String, Object> all = new HashMap<>(RecordPacker.settings(config, Map.of()));
    all.put("application.id", "weir-test");
    all.put("bootstrap.servers", "none:1");
    RecordPacker packer = new RecordPacker();
    packer.configure(new StreamsConfig(all).getMainConsumerConfigs("group", "client", 0));
    return packer;
  }

  private static RecordHeaders headers(List<ConsumerRecord<byte[], byte[]>> records) {
    return new RecordHeaders(Pack.together(records).headers().toArray());
  }

  private static List<ConsumerRecord<byte[], byte[]>> unpacked(
      ConsumerRecord<byte[], byte[]> record) {
    Pack pack =
        Pack.serde().deserializer().deserialize(record.topic(), record.headers(), record.value());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < pack.size(); i++) {
      records.add(pack.get(i));
    }
    return records;
  }

  private static ConsumerRecord<Object, Object> deserialized(Pack pack) {
    return new ConsumerRecord<>("metrics", 0, 7, null, pack);
  }

  private static ConsumerRecord<byte[], byte[]> at(long offset, long millis) {
    return record(FIRST, offset, millis, TimestampType.CREATE_TIME);
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition place, long offset) {
    return record(place, offset, 1_000 + offset, TimestampType.CREATE_TIME);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition place, long offset, long millis, TimestampType type) {
    return new ConsumerRecord<>(
        place.topic(),
        place.partition(),
        offset,
        millis,
        type,
        1,
        10,
        new byte[1],
        new byte[10],
        new RecordHeaders(),
        Optional.of(5));
  }
}
