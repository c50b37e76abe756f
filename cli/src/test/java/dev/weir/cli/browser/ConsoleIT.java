package dev.weir.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.broker.EmbeddedBroker;
import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingProgress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console, looked at in a real Chromium.
 *
 * <p>Skipped where there is none, unless {@code WEIR_REQUIRE_BROWSER=1}. With {@code
 * WEIR_SCREENSHOTS=folder}, pictures of the page are left there.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConsoleIT {
  private static final String PLANT = "plant";
  private static final String MILL = "mill";
  private static final String HOSTILE =
      "<script>window.hacked = 1</script><img src=x onerror=hack()>";

  /** In no column of ours, but who knows the columns of others. */
  private static final String TAGGED = "<b onclick=hack()>b</b>";

  @TempDir private static Path folder;
  private static Path program;
  private static EmbeddedBroker broker;
  private static Bundle autoencoder;
  private static Bundle map;
  private static Bundle other;

  @TempDir private Path state;
  private final SplittableRandom random = new SplittableRandom(7);
  private KafkaProducer<byte[], byte[]> producer;
  private ScorerApplication scorer;
  private Chromium browser;

  @BeforeAll
  static void prepare() throws Exception {
    Optional<Path> found = Chromium.find();
    if (found.isEmpty()) {
      String what = "there is no Chromium to look at the console with (apt-get install chromium)";
      if ("1".equals(System.getenv("WEIR_REQUIRE_BROWSER"))) {
        fail(what + "; WEIR_REQUIRE_BROWSER is 1, so this is no reason to skip the test");
      }
      Assumptions.abort(what);
    }
    program = found.get();
    broker = EmbeddedBroker.start();
    for (String topic : List.of(PLANT, MILL)) {
      broker.createTopic(topic, 1);
    }
    autoencoder = TinyBundle.train(Files.createDirectory(folder.resolve(PLANT)));
    other =
        TinyBundle.train(
            Files.createDirectory(folder.resolve("other")), "version=2", "model.seed=2");
    map = trainMap(Files.createDirectory(folder.resolve(MILL)));
  }

  private static Bundle trainMap(Path target) throws Exception {
    String rows = Files.readString(TinyHistory.csv(target.resolve("plain.csv"), 2000, 3));
    Path history =
        Files.writeString(
            target.resolve("history.csv"), rows.replaceFirst("a,b,c", "a," + TAGGED + ",c"));
    TrainConfig config =
        ConfigReader.of(
            List.of(
                "name=map",
                "source.type=csv",
                "source.files=" + history,
                "model.family=som",
                "model.rows=6",
                "model.columns=9",
                "threshold.falseAlarmRate=0.01"),
            TrainConfig.class);
    return new TrainingRun(config, TrainingProgress.SILENT, Clock.systemUTC())
        .run(target.resolve("bundle"));
  }

  @AfterAll
  static void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    scorer = ScorerApplication.start(config());
    assertThat(scorer.awaitReady(Duration.ofMinutes(1))).isTrue();
    browser = Chromium.start(program);
    browser.look(1280, 900, false);
    browser.open("http://127.0.0.1:" + scorer.httpPort() + "/");
    browser.await("the page to be there", "document.querySelector('#status.good') !== null");
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (scorer != null) {
      scorer.close();
    }
    producer.close();
  }

  private ScorerConfig config() throws Exception {
    Path file =
        Files.writeString(
            state.resolve("score.yaml"),
            String.format(
                Locale.ROOT,
                """
                applicationId: works
                kafka: {bootstrap.servers: "%s", state.dir: "%s", commit.interval.ms: 50}
                schemaRegistry: {schema.registry.url: "mock://console"}
                http: {port: 0}
                pipelines:
                  - name: plant
                    input: {topic: plant, startFrom: latest}
                    model: {path: "%s"}
                    output: {createTopics: true}
                    alerts: {falseAlarmRate: 1.0e-7}
                    drift: {window: 24s, minRecords: 100, alert: false}
                    shadow: {path: "%s"}
                  - name: mill
                    input: {topic: mill, startFrom: latest}
                    model: {path: "%s"}
                    output: {createTopics: true}
                    alerts: {falseAlarmRate: 1.0e-7, incidents: {openAfter: 2, among: 3}}
                """,
                broker.bootstrapServers(),
                state.resolve("streams"),
                autoencoder.folder(),
                other.folder(),
                map.folder()));
    return ConfigReader.read(file, List.of(), ScorerConfig.class);
  }

  private void sendNormal(int records) {
    for (int i = 0; i < records; i++) {
      double[] row = TinyHistory.row(random);
      send(PLANT, "pump-" + i % 8, TinyHistory.json(row));
      send(MILL, "roll-" + i % 8, TinyHistory.json(row).replace("\"b\"", '"' + TAGGED + '"'));
    }
    producer.flush();
  }

  private void send(String topic, String key, String json) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic, key.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8)),
            (sent, e) -> assertThat(e).isNull());
  }

  private void sendFault(String key) {
    send(PLANT, key, "{\"a\":0,\"b\":5,\"c\":20}");
    producer.flush();
  }

  @Test
  void shouldShowAFaultAsAnAlertWithWhatIsOffAndWhatWasExpected() throws Exception {
    // Given a page that shows records without alerts
    sendNormal(300);
    browser.await("records to be counted", "/[1-9]\\d* scored/.test(text('#scored'))");
    assertThat(browser.evaluate("document.querySelector('#alert-table').hidden").asBoolean())
        .isTrue();

    // When
    sendFault("pump-7");

    // Then
    browser.await("the alert", row("pump-7") + " !== undefined");
    JsonNode part =
        browser.evaluate(
            "(() => { const part = "
                + row("pump-7")
                + ".querySelector('.parts li'); return {feature: text('.feature', part), actual:"
                + " text('.actual', part), expected: text('.expected', part)}; })()");
    assertThat(part.get("feature").asText()).isEqualTo("c");
    assertThat(part.get("actual").asText()).isEqualTo("20");
    assertThat(part.get("expected").asText()).matches("expected -?[0-9.]+");
    assertThat(Double.parseDouble(part.get("expected").asText().substring(9))).isBetween(-2.0, 8.0);
    assertThat(browser.evaluate("text('.badge', " + row("pump-7") + ")").asText())
        .isEqualTo("critical");
    assertThat(browser.evaluate("text('#announcer')").asText())
        .contains("critical", "pump-7", "c 20");
    browser.await("the alert to be counted", "text('#alert-count') === '1'");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldTakeTextOfRecordsForText() throws Exception {
    // When a key and a feature's name look like markup
    sendFault(HOSTILE);
    for (int i = 0; i < 3; i++) {
      send(MILL, HOSTILE, "{\"a\":0,\"" + TAGGED + "\":90,\"c\":0}");
    }
    producer.flush();

    // Then they are read as they are written
    browser.await(
        "both rows", "rows().filter((r) => text('.name', r) === '" + HOSTILE + "').length === 2");
    assertThat(browser.evaluate("rows().map((r) => text('.feature', r))").toString())
        .contains(TAGGED);
    assertThat(
            browser
                .evaluate("text('.names', [...document.querySelectorAll('.pipeline')].at(-1))")
                .asText())
        .isEqualTo("a, " + TAGGED + ", c");
    assertThat(
            browser
                .evaluate(
                    "window.hacked === undefined && document.querySelectorAll('main script, main img, main b[onclick]').length === 0")
                .asBoolean())
        .isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldShowWhichCellsOfAMapWinRecords() throws Exception {
    // When
    sendNormal(500);
    for (int i = 0; i < 3; i++) {
      send(MILL, "roll-5", "{\"a\":10,\"" + TAGGED + "\":90,\"c\":1}");
    }
    producer.flush();

    // Then
    browser.await(
        "cells to be hit", "document.querySelectorAll('.map .cell:not(.q0)').length > 10");
    assertThat(browser.evaluate("document.querySelectorAll('.map .cell').length").asInt())
        .isEqualTo(6 * 9);
    browser.await("the incident", row("roll-5") + " !== undefined");
    assertThat(browser.evaluate(row("roll-5") + ".innerText").asText())
        .contains("open, 2 records", "mill, cell ");
    browser.await(
        "its cell to be outlined", "document.querySelectorAll('.map .cell.alerted').length === 1");
    assertThat(browser.evaluate("text('.map figcaption')").asText())
        .containsPattern("\\d+ of 54 cells win records; cell \\d+ wins most");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldShowWhatHasDriftedAndHowTheModelOnTrialDoes() throws Exception {
    // Given a pipeline of which nothing is known yet, and one that has neither
    assertThat(browser.evaluate("text('.drift figcaption')").asText())
        .startsWith("Nothing is known yet");
    assertThat(browser.evaluate("text('.trial figcaption')").asText())
        .startsWith("No record was judged by both");
    assertThat(browser.evaluate("document.querySelectorAll('.drift, .trial').length").asInt())
        .isEqualTo(2);

    // When records come for some seconds that are as they may be, but all of one kind
    sendDrifted();

    // Then
    browser.await("an index", "/^[abc]$/.test(text('.indices .feature'))");
    assertThat(browser.evaluate("text('.indices .index')").asText())
        .matches("[0-9]+\\.[0-9]{2}, drifted");
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('.indices .feature')].map((f) => f.textContent)")
                .toString())
        .contains("\"a\"", "\"b\"", "\"c\"")
        .endsWith("\"all scores\"]");
    assertThat(browser.evaluate("text('.drift .key')").asText()).isEqualTo("unlike the training");
    assertThat(browser.evaluate("text('.drift figcaption')").asText())
        .matches(
            "Population stability index of [0-9,]+ records, .* to .*; the line is at 0\\.25\\.");
    assertThat(browser.evaluate("text('.trial .key')").asText()).isEqualTo("tiny 2");
    assertThat(
            browser
                .evaluate("[...document.querySelectorAll('.trial dd')].map((d) => d.textContent)")
                .toString())
        .matches("\\[\"[0-9,]+\",\"[0-9.]+ %\",\"[0-9,]+\",\"[0-9,]+\"]");
    assertThat(browser.complaints()).isEmpty();
  }

  /** Drift is looked at every second of the records' time, when a record after it has come. */
  private void sendDrifted() throws Exception {
    long now = System.currentTimeMillis();
    for (int i = 0; i < 600; i++) {
      double[] row = TinyHistory.row(random);
      while (row[0] < 5) {
        row = TinyHistory.row(random);
      }
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  PLANT,
                  null,
                  now - 3_000 + 5L * i,
                  ("pump-" + i % 8).getBytes(StandardCharsets.UTF_8),
                  TinyHistory.json(row).getBytes(StandardCharsets.UTF_8)),
              (sent, e) -> assertThat(e).isNull());
    }
    producer.flush();
  }

  @Test
  void shouldShowWhoComesLaterWhatThereWas() throws Exception {
    // Given
    sendFault("pump-1");
    browser.await("the alert", row("pump-1") + " !== undefined");

    // When the page is opened again, as by somebody else
    browser.open("http://127.0.0.1:" + scorer.httpPort() + "/");

    // Then
    browser.await("the alert from before", row("pump-1") + " !== undefined");
    assertThat(browser.evaluate("text('#announcer')").asText()).isEmpty();
  }

  @Test
  void shouldHoldStillWhilePausedByTheKeyboard() throws Exception {
    // Given
    sendFault("pump-1");
    browser.await("the first alert", row("pump-1") + " !== undefined");
    for (int i = 0; i < 20 && !focused().equals("pause"); i++) {
      browser.press("Tab", 9);
    }
    assertThat(focused()).isEqualTo("pause");
    assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineWidth").asText())
        .isEqualTo("3px");

    // When
    browser.press("Enter", 13);
    sendFault("pump-2");

    // Then
    browser.await("the one that waits", "text('#waiting') === 'Paused; 1 alert is waiting.'");
    assertThat(browser.evaluate("rows().length").asInt()).isEqualTo(1);
    browser.press("Enter", 13);
    browser.await("the second alert", row("pump-2") + " !== undefined");
    assertThat(browser.evaluate("document.querySelector('#waiting').hidden").asBoolean()).isTrue();
  }

  @Test
  void shouldBeLegibleInLightAndDarkAndOnNarrowScreens() throws Exception {
    // Given something of everything
    sendDrifted();
    sendNormal(400);
    sendFault("pump-1");
    sendFault("a-key-that-is-far-too-long-to-stand-on-one-line-of-a-telephone-" + "x".repeat(80));
    for (int i = 0; i < 3; i++) {
      send(MILL, "roll-3", "{\"a\":10,\"" + TAGGED + "\":90,\"c\":1}");
    }
    producer.flush();
    browser.await("all rows", "rows().length === 3");
    browser.await(
        "the chart", "/of [1-9]/.test(text('.pipeline figure:nth-of-type(2) figcaption'))");

    browser.await("drift", "text('.drift .key') === 'unlike the training'");

    for (int width : new int[] {1280, 390, 320}) {
      for (boolean dark : new boolean[] {false, true}) {
        // When
        browser.look(width, 900, dark);
        TimeUnit.MILLISECONDS.sleep(600); // Colours fade into each other.
        leaveScreenshot(width, dark);

        // Then
        assertThat(browser.evaluate(TOO_FAINT).toString())
            .as("text of less contrast than 4.5 (WCAG AA), %d px, dark %s", width, dark)
            .isEqualTo("[]");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as("width of the page on %d px", width)
            .isLessThanOrEqualTo(width);
      }
    }
    assertThat(
            browser
                .evaluate("document.querySelectorAll('header, main, footer, h1').length")
                .asInt())
        .isEqualTo(4);
    assertThat(
            browser
                .evaluate("[...document.querySelectorAll('table')].every((t) => t.caption)")
                .asBoolean())
        .isTrue();
  }

  private void leaveScreenshot(int width, boolean dark) throws Exception {
    String target = System.getenv("WEIR_SCREENSHOTS");
    if (target != null) {
      browser.screenshot(
          Path.of(target, "console-" + width + (dark ? "-dark" : "-light") + ".png"));
    }
  }

  private String focused() throws Exception {
    return browser.evaluate("document.activeElement.id").asText();
  }

  /** The row of a key. */
  private static String row(String key) {
    return "rows().find((r) => text('.name', r) === '" + key + "')";
  }

  /** Texts whose colour is too near to that of the ground beneath. */
  private static final String TOO_FAINT =
      """
      (() => {
        const parse = (c) => c.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
          .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (e) => {
          for (let at = e; at; at = at.parentElement) {
            const c = parse(getComputedStyle(at).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll('body *')]
          .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
          .filter((e) => e.checkVisibility() && !(e instanceof SVGElement) && e.closest('noscript') === null)
          .map((e) => {
            const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
            return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e];
          })
          .filter(([ratio]) => ratio < 4.5)
          .map(([ratio, e]) => `${e.tagName}.${e.className} ${ratio.toFixed(2)}: ${e.textContent}`);
      })()
      """;
}
