package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.scorer.fixture.Configs;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {

  @Test
  void shouldWriteExactlyOnceUnlessToldOtherwise() {
    assertThat(settings()).containsEntry("processing.guarantee", "exactly_once_v2");
    assertThat(settings("kafka.processing.guarantee=at_least_once"))
        .containsEntry("processing.guarantee", "at_least_once");
  }

  @Test
  void shouldTakeIdAndThreadsFromTheScorersOwnKeys() {
    assertThat(settings("applicationId=mine", "threads=3"))
        .containsEntry("application.id", "mine")
        .containsEntry("num.stream.threads", 3);
  }

  @ParameterizedTest
  @CsvSource({"1ms, 1", "10ms, 10", "100ms, 100", "60s, 100"})
  void shouldLookAfterBatchesAndCommitsWhileThereAreNoRecords(String maxWait, long pollMs) {
    assertThat(settings("batch.maxWait=" + maxWait)).containsEntry("poll.ms", pollMs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "consumer.", "main.consumer."})
  void shouldLetTheUserSettleTheConsumer(String prefix) {
    StreamsConfig config = new StreamsConfig(settings("kafka." + prefix + "max.poll.records=77"));

    assertThat(config.getMainConsumerConfigs("group", "client", 0).get("max.poll.records"))
        .hasToString("77");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "producer."})
  void shouldLetTheUserSettleTheProducer(String prefix) {
    StreamsConfig config =
        new StreamsConfig(
            settings(
                "kafka." + prefix + "linger.ms=77", "kafka." + prefix + "compression.type=zstd"));

    Map<String, Object> producer = config.getProducerConfigs("client");
    assertThat(producer.get("linger.ms")).hasToString("77");
    assertThat(producer).containsEntry("compression.type", "zstd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          procesing.guarantee          | did you mean 'processing.guarantee'
          main.consumer.max.pol.records | did you mean 'max.poll.records'
          num.stream.threads           | set threads instead
          application.id               | set applicationId instead
          """)
  void shouldRefuseKeysThatKafkaWouldIgnore(String key, String advice) {
    assertThatThrownBy(() -> settings("kafka." + key + "=x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'kafka." + key + "'")
        .hasMessageContaining(advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interceptor.of.ours.url",
        "config.providers.vault.class",
        "topic.retention.ms",
        "producer.ssl.truststore.location"
      })
  void shouldPassOnKeysThatMayBeForOthers(String key) {
    assertThat(settings("kafka." + key + "=x")).containsEntry(key, "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "processing.exception.handler",
        "production.exception.handler",
        "deserialization.exception.handler"
      })
  void shouldRefuseHandlersThatCouldDropRecords(String key) {
    assertThatThrownBy(() -> settings("kafka." + key + "=some.Handler"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'kafka." + key + "'")
        .hasMessageContaining("dead-letter topic");
  }

  @Test
  void shouldReachTheClientsWithItsOwnDefaults() {
    StreamsConfig config = new StreamsConfig(settings());

    assertThat(config.getProducerConfigs("client"))
        .containsEntry("linger.ms", 5)
        .containsEntry("compression.type", "lz4");
    assertThat(config.getMainConsumerConfigs("group", "client", 0))
        .containsEntry("max.poll.records", 2000)
        .containsEntry("session.timeout.ms", 10_000)
        .containsEntry("isolation.level", "read_committed");
  }

  private static Map<String, Object> settings(String... settings) {
    return StreamsSettings.of(Configs.of(settings));
  }

  @Test
  void shouldLookUpSecrets() {
    assertThat(StreamsSettings.of(Configs.of("kafka.ssl.key.password=${env:PATH}")))
        .containsEntry("ssl.key.password", System.getenv("PATH"));
  }
}
