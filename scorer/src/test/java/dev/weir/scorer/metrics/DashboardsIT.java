package dev.weir.scorer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.Pages;
import dev.weir.scorer.fixture.TinyBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's metrics in dashboards and rules are those that a scorer beside a broker has. */
@Timeout(240)
class DashboardsIT {
  private static final Pattern KAFKAS = Pattern.compile("\\bkafka_[a-z0-9_]+");

  @TempDir private Path folder;

  @Test
  void shouldUseKafkasMetricsThatThereAre() throws Exception {
    // Given
    Set<String> used = DashboardsTest.used(KAFKAS);
    TinyBundle.ofThreeFeatures(folder.resolve("bundle"));
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      broker.createTopic("fleet", 1);
      ScorerConfig config =
          Configs.of(
              "applicationId=fleet",
              "kafka.bootstrap.servers=" + broker.bootstrapServers(),
              "kafka.state.dir=" + folder.resolve("state"),
              "input.topic=fleet",
              "model.path=" + folder.resolve("bundle"),
              "output.createTopics=true",
              "schemaRegistry.schema.registry.url=mock://fleet",
              "http.port=0");

      // When
      try (ScorerApplication scorer = ScorerApplication.start(config);
          JsonProducer producer = new JsonProducer(broker.bootstrapServers(), "fleet")) {
        producer.sendCpu("host", 1_000, 2);
        Await.until("a scored record", () -> scorer.recordsScored() == 1);

        // Then: some are looked for anew only once a minute
        assertThat(used).hasSizeGreaterThan(10);
        Await.until(
            "all of " + used,
            Duration.ofMinutes(3),
            () -> {
              String scrape = Pages.metrics(scorer.httpPort());
              return used.stream()
                  .allMatch(
                      metric ->
                          Pattern.compile(DashboardsTest.sample(metric)).matcher(scrape).find());
            });
      }
    }
  }
}
