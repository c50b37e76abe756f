package dev.weir.scorer.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.model.record.RejectReason;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.HttpConfig;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.http.HttpEndpoint;
import dev.weir.scorer.topology.RecordClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleTest {
  private static final int KEPT = 5;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Console console = new Console("weir-test", KEPT, new Waiting(), Clock.systemUTC());
  private final PipelineMonitor pipeline =
      console.watch(
          Configs.of("alerts.falseAlarmRate=0.001").pipelines().get(0),
          TinyManifest.ofThreeFeatures());
  private final HttpEndpoint endpoint =
      HttpEndpoint.start(new HttpConfig(null, 0), console.pages(), console.events());

  /** A scorer with records before it. */
  private static final class Waiting implements Console.Source {
    @Override
    public String state() {
      return "RUNNING";
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public OptionalLong lag() {
      return OptionalLong.of(17);
    }
  }

  /** One who reads the events. */
  private final class Reader implements AutoCloseable {
    private final BufferedReader lines;
    private String id;

    Reader(String... headers) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(address("/events"));
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /** The data of the next event of that name. */
    JsonNode next(String name) throws Exception {
      String event = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ") && name.equals(event)) {
          return JsonMapper.builder().build().readTree(line.substring(6));
        }
      }
      throw new AssertionError("no event " + name + " came");
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @AfterEach
  void close() {
    endpoint.close();
    console.close();
  }

  @Test
  void shouldTellWhatPipelinesDo() throws Exception {
    // Given
    pipeline.scored(SampleAlerts.verdict(2), 30);
    pipeline.scored(SampleAlerts.verdict(200), 50);
    pipeline.rejected(RejectReason.MALFORMED);
    pipeline.suppressed(4);

    // When
    try (Reader reader = new Reader()) {
      JsonNode hello = reader.next("hello");
      for (int i = 0; i < 4; i++) {
        console.look();
      }
      reader.next("stats");
      JsonNode stats = reader.next("stats");

      // Then
      assertThat(hello.get("application").asText()).isEqualTo("weir-test");
      assertThat(hello.at("/pipelines/0/model/threshold").asDouble())
          .isEqualTo(TinyManifest.ofThreeFeatures().calibration().scoreAt(0.001));
      assertThat(hello.at("/pipelines/0/edges").size())
          .isEqualTo(hello.at("/pipelines/0/expected").size() + 1);
      assertThat(stats.get("lag").asLong()).isEqualTo(17);
      JsonNode figures = stats.at("/pipelines/0");
      assertThat(figures.get("scored").asLong()).isEqualTo(2);
      assertThat(figures.get("rejected").asLong()).isEqualTo(1);
      assertThat(figures.get("suppressed").asLong()).isEqualTo(4);
      assertThat(figures.get("rate").asDouble()).isPositive();
      assertThat(figures.get("delayMillis").asDouble()).isEqualTo(40);
      assertThat(figures.get("lastRecord").asLong()).isPositive();
      assertThat(
              StreamSupport.stream(figures.get("recent").spliterator(), false)
                  .mapToLong(JsonNode::asLong)
                  .sum())
          .isEqualTo(2);
    }
  }

  @Test
  void shouldTellHowFarRecordsHaveDriftedAndWhatAModelOnTrialSays() throws Exception {
    // Given a pipeline that has neither, and one that has both
    PipelineMonitor both =
        console.watch(
            Configs.of("drift.threshold=0.2", "shadow.path=other").pipelines().get(0),
            TinyManifest.ofThreeFeatures());
    both.onTrial(TinyManifest.of(1, "1".repeat(64)));
    Map<String, Double> indices = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      indices.put("f" + i, i % 5 / 10.0);
    }
    both.drift(Optional.of(new DriftReport(1_000, 5_000, 240, 0.01, indices, 0.07, true)));
    for (Verdict[] verdicts :
        new Verdict[][] {
          {SampleAlerts.verdict(true, false), SampleAlerts.verdict(true, false)},
          {SampleAlerts.verdict(true, false), SampleAlerts.verdict(false, false)},
          {SampleAlerts.verdict(false, false), SampleAlerts.verdict(true, false)},
          {SampleAlerts.verdict(false, false), SampleAlerts.verdict(true, false)},
          {SampleAlerts.verdict(false, false), SampleAlerts.verdict(false, false)},
          {SampleAlerts.verdict(false, true), SampleAlerts.verdict(true, false)},
        }) {
      both.compared(verdicts[0], Optional.of(verdicts[1]));
    }
    both.compared(SampleAlerts.verdict(1), Optional.empty());

    try (Reader reader = new Reader()) {
      // Then
      JsonNode hello = reader.next("hello");
      assertThat(hello.at("/pipelines/0").has("driftThreshold")).isFalse();
      assertThat(hello.at("/pipelines/0/hasTrial").asBoolean()).isFalse();
      assertThat(hello.at("/pipelines/1/driftThreshold").asDouble()).isEqualTo(0.2);
      assertThat(hello.at("/pipelines/1/hasTrial").asBoolean()).isTrue();
      JsonNode stats = reader.next("stats");
      assertThat(stats.at("/pipelines/0").has("drift")).isFalse();
      assertThat(stats.at("/pipelines/0").has("trial")).isFalse();
      JsonNode drift = stats.at("/pipelines/1/drift");
      assertThat(drift.get("records").asLong()).isEqualTo(240);
      assertThat(drift.get("scores").asDouble()).isEqualTo(0.07);
      assertThat(drift.get("drifting").asBoolean()).isTrue();
      assertThat(drift.get("known").asInt()).isEqualTo(12);
      assertThat(drift.get("features").findValuesAsText("name"))
          .containsExactly("f4", "f9", "f3", "f8", "f2", "f7", "f1", "f6");
      assertThat(drift.at("/features/0/index").asDouble()).isEqualTo(0.4);
      assertThat(stats.at("/pipelines/1/trial").toString())
          .isEqualTo(
              "{\"model\":\"tiny\",\"version\":\"7\",\"compared\":5,\"both\":1,\"live\":1,"
                  + "\"shadow\":2,\"unscored\":1}");
    }

    // When another model takes over, and another instance adds up from now on
    both.swapped(TinyManifest.ofThreeFeatures());
    both.drift(Optional.empty());

    // Then
    try (Reader reader = new Reader()) {
      JsonNode stats = reader.next("stats");
      assertThat(stats.at("/pipelines/1").has("drift")).isFalse();
      assertThat(stats.at("/pipelines/1/trial/compared").asLong()).isZero();
      assertThat(stats.at("/pipelines/1/trial/unscored").asLong()).isZero();
    }
  }

  @Test
  void shouldTellOfAlertsOnceAndToThoseWhoComeLater() throws Exception {
    try (Reader reader = new Reader()) {
      assertThat(reader.next("alerts").get("alerts")).isEmpty();

      // When
      FeatureContribution cpu = new FeatureContribution("cpu", 97.5, 41.0, 0.9, null, null);
      FeatureContribution disk =
          new FeatureContribution("disk", null, Double.NaN, 0.1, null, "\n</script>");
      pipeline.alerted(SampleAlerts.of("host-1", 41, cpu, disk), RecordClock.EVENT);
      console.look();
      console.look();

      // Then
      JsonNode told = reader.next("alerts");
      assertThat(told.get("first").asLong()).isZero();
      JsonNode alert = told.at("/alerts/0");
      assertThat(alert.get("key").asText()).isEqualTo("host-1");
      assertThat(alert.get("severity").asText()).isEqualTo("CRITICAL");
      assertThat(alert.get("offset").asLong()).isEqualTo(41);
      assertThat(alert.get("cell").asInt()).isEqualTo(3);
      assertThat(alert.at("/contributions/0/actual").asDouble()).isEqualTo(97.5);
      assertThat(alert.at("/contributions/0/expected").asDouble()).isEqualTo(41);
      assertThat(alert.at("/contributions/1").has("actual")).isFalse();
      assertThat(alert.at("/contributions/1").has("expected")).as("no NaN in JSON").isFalse();
      assertThat(alert.at("/contributions/1/expectedText").asText()).isEqualTo("\n</script>");

      try (Reader later = new Reader()) {
        assertThat(later.next("alerts").at("/alerts/0/key").asText()).isEqualTo("host-1");
      }
    }
  }

  @Test
  void shouldBeginWithWhatOneWhoComesBackHasMissed() throws Exception {
    String seen;
    try (Reader reader = new Reader()) {
      reader.next("alerts");
      pipeline.alerted(SampleAlerts.of("first", 1), RecordClock.EVENT);
      console.look();
      reader.next("alerts");
      seen = reader.id;
    }

    // When
    pipeline.alerted(SampleAlerts.of("second", 2), RecordClock.EVENT);
    pipeline.alerted(SampleAlerts.of("third", 3), RecordClock.EVENT);

    // Then
    try (Reader back = new Reader("Last-Event-ID", seen)) {
      JsonNode missed = back.next("alerts");
      assertThat(missed.get("first").asLong()).isEqualTo(1);
      assertThat(missed.findValuesAsText("key")).containsExactly("second", "third");
    }
    // And one who has seen another run of the scorer, or speaks nonsense, gets all
    for (String unknown : new String[] {"0-2", "x", seen.replaceAll("-.*", "-")}) {
      try (Reader other = new Reader("Last-Event-ID", unknown)) {
        assertThat(other.next("alerts").get("alerts")).hasSize(3);
      }
    }
  }

  @Test
  void shouldSayHowManyAlertsWereTooMany() throws Exception {
    try (Reader reader = new Reader()) {
      reader.next("alerts");

      for (int i = 0; i < 12; i++) {
        pipeline.alerted(SampleAlerts.of("host", i), RecordClock.EVENT);
      }
      console.look();

      JsonNode told = reader.next("alerts");
      assertThat(told.get("alerts")).hasSize(KEPT);
      assertThat(told.get("missed").asLong()).isEqualTo(7);
      assertThat(told.get("first").asLong()).isEqualTo(7);
    }
  }

  @Test
  void shouldKeepNoMoreOfAKeyThanAPersonReads() throws Exception {
    pipeline.alerted(SampleAlerts.of("x".repeat(100_000) + "\ud83d\ude00", 1), RecordClock.EVENT);

    try (Reader reader = new Reader()) {
      assertThat(reader.next("alerts").at("/alerts/0/key").asText()).hasSizeLessThan(200);
    }
  }

  @Test
  void shouldSayWhichModelsScore() throws Exception {
    JsonNode before = models();
    assertThat(before.get("pipeline").asText()).isEqualTo("weir-test");
    assertThat(before.get("model").asText()).isEqualTo("tiny");
    assertThat(before.get("version").asText()).isEqualTo("7");
    assertThat(before.get("family").asText()).isEqualTo("autoencoder");
    assertThat(before.get("falseAlarmRate").asDouble()).isEqualTo(0.001);
    assertThat(before.get("sha256").asText()).hasSize(64);
    assertThat(before.get("window").asInt()).isEqualTo(1);
    assertThat(before.get("reloads").asInt()).isZero();
    assertThat(before.get("loadedAt").asText()).startsWith("20");
    assertThat(before.get("features").findValuesAsText("name"))
        .containsExactly("cpu", "memory", "disk.used");
    assertThat(before.get("features").findValuesAsText("type")).containsOnly("numeric");

    // When one takes over, and the next one cannot
    pipeline.swapped(TinyManifest.of(2, "1".repeat(64)));
    pipeline.refused("its checksum is wrong");

    // Then
    JsonNode after = models();
    assertThat(after.get("sha256").asText()).isEqualTo("1".repeat(64));
    assertThat(after.get("features")).hasSize(2);
    assertThat(after.get("reloads").asInt()).isEqualTo(1);
    assertThat(after.get("refused").asInt()).isEqualTo(1);
    assertThat(after.get("lastRefusal").asText()).isEqualTo("its checksum is wrong");
  }

  @Test
  void shouldTellThePageOfAnotherModel() throws Exception {
    try (Reader reader = new Reader()) {
      reader.next("hello");

      pipeline.swapped(TinyManifest.of(2, "1".repeat(64)));
      for (int i = 0; i < 4; i++) {
        console.look();
      }

      assertThat(reader.next("hello").at("/pipelines/0/model/features")).hasSize(2);
    }
  }

  @Test
  void shouldServeAllThatThePageNeeds() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).doesNotContain("style=", "onclick", "<script>");
    Matcher local = Pattern.compile("(?:src|href)=\"(/console/[^\"]+)\"").matcher(page.body());
    int found = 0;
    while (local.find()) {
      found++;
      assertThat(get(local.group(1)).statusCode()).as(local.group(1)).isEqualTo(200);
    }
    assertThat(found).isGreaterThanOrEqualTo(3);
    for (String module :
        new String[] {"console", "alerts", "charts", "pipelines", "map", "format"}) {
      HttpResponse<String> script = get("/console/" + module + ".js");
      assertThat(script.headers().firstValue("Content-Type"))
          .contains("text/javascript; charset=utf-8");
      assertThat(script.body()).doesNotContain("innerHTML", "eval(", "https://");
    }
  }

  private JsonNode models() throws Exception {
    HttpResponse<String> response = get("/models");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    return JsonMapper.builder().build().readTree(response.body()).get(0);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + endpoint.port() + path);
  }
}
