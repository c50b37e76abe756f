package dev.weir.scorer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.schemas.Alert;
import dev.weir.scorer.drift.DriftReport;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.TinyManifest;
import dev.weir.scorer.topology.RecordClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboards and rules are about metrics that there are, and say what they show. */
class DashboardsTest {
  private static final Path DASHBOARDS = Path.of("..", "dashboards");
  private static final Path RULES = DASHBOARDS.resolve(Path.of("prometheus", "rules", "weir.yml"));

  /** What there is without a broker; {@link DashboardsIT} looks at Kafka's. */
  private static final Pattern OURS = Pattern.compile("\\b(?:weir|process|jvm)_[a-z0-9_]+");

  private static final Pattern BUCKET = Pattern.compile("\\ble=\"[^\"]+\"");

  private static final Pattern RECORDED = Pattern.compile("\\bweir:[a-z0-9_:]+");

  @ParameterizedTest
  @ValueSource(strings = {"overview", "model", "operations"})
  void shouldSayWhatEveryPanelShows(String name) throws IOException {
    JsonNode dashboard = dashboard(name);

    assertThat(dashboard.path("description").asText()).isNotBlank();
    assertThat(dashboard.path("templating").path("list").findValuesAsText("name"))
        .contains("application", "pipeline", "model");
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : panels(dashboard)) {
      String title = panel.path("title").asText();
      JsonNode defaults = panel.path("fieldConfig").path("defaults");
      assertThat(panel.path("description").asText()).as("description of " + title).isNotBlank();
      assertThat(defaults.path("unit").asText()).as("unit of " + title).isNotBlank();
      assertThat(defaults.path("noValue").asText()).as("no-data text of " + title).isNotBlank();
      assertThat(panel.path("targets")).as("queries of " + title).isNotEmpty();
      assertThat(ids.add(panel.path("id").asInt())).as("id of " + title + " is its own").isTrue();
    }
    assertThat(ids).hasSizeGreaterThan(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "model", "operations"})
  void shouldAskTheDataSourceThatIsProvisioned(String name) throws IOException {
    String provisioned =
        Files.readString(
            DASHBOARDS.resolve(
                Path.of("grafana", "provisioning", "datasources", "prometheus.yml")));

    for (JsonNode source : dashboard(name).findValues("datasource")) {
      assertThat(provisioned).contains("uid: " + source.path("uid").asText() + "\n");
    }
  }

  @Test
  void shouldUseMetricsThatThereAre() throws Exception {
    // Given
    Set<String> used = used(OURS);

    // When
    String scrape = everything();

    // Then
    assertThat(used)
        .hasSizeGreaterThan(25)
        .contains("jvm_gc_pause_seconds_sum", "weir_unpublished_records_total");
    assertThat(used).allSatisfy(metric -> assertThat(scrape).containsPattern(sample(metric)));
  }

  /** Java writes 1.0E-4 where others write 0.0001, and to Prometheus these are different. */
  @Test
  void shouldNameBucketsAsTheyAreWritten() throws Exception {
    Set<String> bounds = used(BUCKET);

    String scrape = everything();

    assertThat(bounds).hasSizeGreaterThan(3);
    assertThat(bounds)
        .allSatisfy(
            bound ->
                assertThat(scrape)
                    .containsPattern("(?m)^weir_probability_bucket\\{.*," + bound + "} "));
  }

  /** What the rules and all expressions of the dashboards have of it. */
  static Set<String> used(Pattern pattern) throws IOException {
    Set<String> used = new TreeSet<>(found(pattern, Files.readString(RULES)));
    for (String name : List.of("overview", "model", "operations")) {
      for (String expression : dashboard(name).findValuesAsText("expr")) {
        used.addAll(found(pattern, expression));
      }
    }
    return used;
  }

  /** A line of a scrape that has a value of the metric. */
  static String sample(String metric) {
    return "(?m)^" + metric + "(\\{.*\\})? ";
  }

  @Test
  void shouldUseRecordedFiguresThatThereAre() throws IOException {
    String rules = Files.readString(RULES);
    Set<String> recorded =
        rules
            .lines()
            .filter(line -> line.strip().startsWith("- record: "))
            .map(line -> line.strip().substring("- record: ".length()))
            .collect(Collectors.toSet());

    assertThat(recorded).isNotEmpty();
    assertThat(new TreeSet<>(found(RECORDED, rules))).isEqualTo(new TreeSet<>(recorded));
  }

  @Test
  void shouldSayWhatToDoAboutEveryAlert() throws IOException {
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    String tests = Files.readString(DASHBOARDS.resolve(Path.of("prometheus", "tests", "weir.yml")));
    List<String> lines = Files.readAllLines(RULES);
    List<String> alerts =
        lines.stream()
            .filter(line -> line.strip().startsWith("- alert: "))
            .map(line -> line.strip().substring("- alert: ".length()))
            .toList();

    assertThat(alerts).hasSizeGreaterThan(6);
    for (String alert : alerts) {
      assertThat(runbook).contains("## " + alert + "\n");
      assertThat(lines)
          .contains("          runbook: docs/runbook.md#" + alert.toLowerCase(Locale.ROOT));
      assertThat(tests)
          .as("a test in which %s fires", alert)
          .containsPattern("\n +alertname: " + alert + "\n +exp_alerts:\n +- exp_labels: ");
    }
  }

  /** Promtool evaluates groups that it is told no order of in any, and alerts need the figures. */
  @Test
  void shouldTestRulesInTheirOrder() throws IOException {
    String tests = Files.readString(DASHBOARDS.resolve(Path.of("prometheus", "tests", "weir.yml")));
    String groups =
        Files.readString(RULES)
            .lines()
            .filter(line -> line.startsWith("  - name: "))
            .map(line -> line.substring("  - name: ".length()))
            .collect(Collectors.joining(", "));

    assertThat(tests).contains("\ngroup_eval_order: [" + groups + "]\n");
  }

  /** A scrape of a scorer to which everything has happened once. */
  private static String everything() throws Exception {
    try (MetricsRegistry registry = new MetricsRegistry()) {
      registry.watchWaiting(() -> false);
      registry.threads();
      ScorerMetrics metrics = registry.pipeline("fleet");
      metrics.live(TinyManifest.ofThreeFeatures());
      metrics.onTrial(TinyManifest.ofThreeFeatures());
      registry.models("fleet", ModelRole.LIVE);
      registry.inference("fleet", ModelRole.LIVE);
      Alert alert = ScorerMetricsTest.alert(5e-5);
      ScorerMetricsTest.set(alert, "contributions", List.of(ScorerMetricsTest.contribution("cpu")));
      metrics.alerted(alert, RecordClock.EVENT);
      metrics.drift(Optional.of(new DriftReport(0, 1, 100, 0.02, Map.of("cpu", 0.5), 0.75, true)));
      collectGarbage();
      Await.until("a collection", () -> registry.scrape().contains("\njvm_gc_pause_seconds_sum"));
      return registry.scrape();
    }
  }

  /** Its time is in the metrics from the first one on. */
  @SuppressWarnings("ExplicitGc") // there is no other way to have one
  private static void collectGarbage() {
    System.gc();
  }

  private static List<String> found(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        panels.add(panel);
      }
    }
    return panels;
  }

  private static JsonNode dashboard(String name) throws IOException {
    return new ObjectMapper()
        .readTree(DASHBOARDS.resolve(Path.of("grafana", "dashboards", name + ".json")).toFile());
  }
}
