package dev.weir.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.JsonProducer;
import dev.weir.scorer.fixture.Pages;
import dev.weir.scorer.fixture.TinyBundle;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gauge of open incidents goes with the tasks that have them. */
@Timeout(180)
class OpenIncidentsIT {
  private static final int KEYS = 20;

  private static EmbeddedBroker broker;

  @TempDir private static Path shared;
  @TempDir private Path state;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
    TinyBundle.ofThreeFeatures(shared.resolve("bundle"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "rocksdb"})
  void shouldCountOpenIncidentsAfterRestartsAndRebalances(String store) throws Exception {
    // Given keys in trouble on both partitions, all of them silent since
    String input = "incidents-" + store;
    for (String suffix : new String[] {"", "-alerts", "-dead-letter"}) {
      broker.createTopic(input + suffix, 2);
    }
    try (JsonProducer producer = new JsonProducer(broker.bootstrapServers(), input)) {
      try (ScorerApplication first = ScorerApplication.start(config(input, store, "first"))) {
        send(producer, "sick", Duration.ofMinutes(1), 9);
        send(producer, "well", Duration.ofHours(2), 2);
        await(
            "all are open", () -> open(first, "anomaly") == KEYS && open(first, "silence") == KEYS);

        // When another instance takes some of them, each is counted once
        try (ScorerApplication second = ScorerApplication.start(config(input, store, "second"))) {
          await(
              "both have some",
              () ->
                  open(second, "anomaly") > 0
                      && open(first, "anomaly") > 0
                      && open(first, "anomaly") + open(second, "anomaly") == KEYS
                      && open(first, "silence") + open(second, "silence") == KEYS);
        }
        await("they are back", () -> open(first, "anomaly") == KEYS);
      }

      // And when all start anew, with what there is on disk, and with nothing but the changelog
      try (ScorerApplication again = ScorerApplication.start(config(input, store, "first"))) {
        await("all are open", () -> open(again, "anomaly") == KEYS);
        assertThat(open(again, "silence")).isEqualTo(KEYS);
      }
      try (ScorerApplication other = ScorerApplication.start(config(input, store, "third"))) {
        await("all are open", () -> open(other, "anomaly") == KEYS);
        assertThat(open(other, "silence")).isEqualTo(KEYS);

        // Then they are closed there, and the keys are still silent; others are for a moment only,
        // since the time of their partition goes on before their own record is there
        send(producer, "well", Duration.ofHours(12), 2);
        await(
            "none is open, and they are silent",
            () -> open(other, "anomaly") == 0 && open(other, "silence") == KEYS);
        send(producer, "sick", Duration.ofHours(12), 2);
        await("none is silent", () -> open(other, "silence") == 0);
        assertThat(open(other, "anomaly")).isZero();
      }
    }
  }

  private static void send(JsonProducer producer, String name, Duration after, double cpu)
      throws Exception {
    for (int key = 0; key < KEYS; key++) {
      producer.sendCpu(name + key, after.toMillis(), cpu);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    Await.until(what, condition::holds);
  }

  private ScorerConfig config(String input, String store, String instance) {
    return Configs.of(
        "applicationId=" + input,
        "kafka.bootstrap.servers=" + broker.bootstrapServers(),
        "kafka.state.dir=" + state.resolve(instance),
        "kafka.session.timeout.ms=1000",
        "kafka.heartbeat.interval.ms=200",
        "state.store=" + store,
        "input.topic=" + input,
        "alerts.incidents.openAfter=1",
        "alerts.incidents.closeAfter=10h",
        "alerts.silence.after=1h",
        "model.path=" + shared.resolve("bundle"),
        "schemaRegistry.schema.registry.url=mock://" + input,
        "http.port=0");
  }

  private static double open(ScorerApplication scorer, String kind) throws Exception {
    String gauge = "weir_incidents_open{kind=\"" + kind + "\",";
    return Pages.sample(scorer.httpPort(), gauge).orElseThrow();
  }
}
