package dev.weir.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.config.TrainConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configs that were damaged by hand or by an editor, or made to do harm: each is read, or refused
 * with a sentence, soon.
 */
final class HostileConfigTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String SCORER =
      """
      applicationId: weir
      kafka:
        bootstrap.servers: localhost:9092
        state.dir: /tmp/state
      input:
        topics: [a, b]
        keyField: host.name
        format: avro
        startFrom: latest
      model:
        path: bundles/a
        watchEvery: 5s
        missingFields: warn
        device: cpu
      output:
        alerts: a-alerts
        deadLetter: a-dead
        scored: a-scored
        createTopics: true
      schemaRegistry:
        schema.registry.url: http://localhost:8081
      alerts:
        falseAlarmRate: 1.0e-5
        topFeatures: 5
        incidents:
          openAfter: 3
          among: 5
          updateEvery: 15m
          closeAfter: 10m
          cooldown: 1m
          maxPerHour: 12
        silence:
          after: 10m
      state:
        store: rocksdb
        retention: 7d
        cachedKeys: 1000
      batch:
        maxRows: 512
        maxWait: 10ms
      threads: 1
      http:
        host: 127.0.0.1
        port: 8080
        keptAlerts: 200
        auth:
          user: weir
          password: ${file:/run/secrets/weir.properties:password}
          openHealth: true
        tls:
          certificate: server.pem
          key: server.key
          password: ${env:KEY_PASSWORD}
      errors:
        deserialization: dead-letter
        processing: retry
        production: retry
      drift:
        window: 1d
        bins: 10
        minRecords: 1000
        threshold: 0.25
        lasting: 1h
        alert: true
      shadow:
        path: bundles/b
        topic: a-compared
        watchEvery: 5s
        missingFields: warn
      """;

  private static final String PIPELINES =
      """
      applicationId: weir
      kafka:
        bootstrap.servers: localhost:9092
      schemaRegistry:
        schema.registry.url: http://localhost:8081
      pipelines:
        - name: servers
          input:
            pattern: "servers-[0-9]+"
            clockTolerance: 1h
          model:
            path: bundles/a
          output:
            scored:
              topic: servers-scored
              sample: 0.1
          alerts:
            incidents: {}
          batch:
            maxRows: 64
          drift: {}
          shadow:
            path: bundles/b
        - name: doors
          input:
            topic: doors
          model:
            path: bundles/c
      """;

  private static final String TRAINER =
      """
      name: servers
      version: "1"
      source:
        type: csv
        files: [a.csv, "b*.csv"]
        timeColumn: at
        keyColumn: host
        exclude: [{from: 2026-10-03T00:00:00Z, to: 2026-10-03T06:00:00Z}]
        sample: 1000
      features:
        include: ["*"]
        exclude: [id]
        types: [numeric, categorical]
        columns:
          - match: "net_*"
            transforms: [rate, rollingDeviation]
            rows: 30
        scaling: robust
        clip: 10
        maxGap: 10m
      split:
        validation: 0.15
        calibration: 0.15
      model:
        family: ensemble
        members:
          - family: autoencoder
            hiddenLayers: [8, 2]
            activation: tanh
          - family: som
            rows: 4
            columns: 4
      contamination: auto
      threshold:
        falseAlarmRate: 0.001
      labelled:
        files: c.csv
        column: label
      output: bundle
      """;

  /** A config of which each line is right. */
  enum Sample {
    SCORER_OF_ONE(SCORER, ScorerConfig.class),
    SCORER_OF_PIPELINES(PIPELINES, ScorerConfig.class),
    TRAINER_OF_FILES(TRAINER, TrainConfig.class);

    private final String text;
    private final Class<? extends Record> type;

    Sample(String text, Class<? extends Record> type) {
      this.text = text;
      this.type = type;
    }
  }

  /** What stands where a value should be. */
  private static final List<String> VALUES =
      List.of(
          "",
          "null",
          "~",
          "-1",
          "0",
          "99999999999999999999999999",
          "-0.0",
          "1e400",
          ".nan",
          ".inf",
          "true",
          "''",
          "' '",
          "[]",
          "{}",
          "[[[[1]]]]",
          "{a: {b: {c: 1}}}",
          "!!java.lang.Runtime {}",
          "!!binary AAAA",
          "&a [*a]",
          "*nobody",
          "2026-13-45T99:99:99Z",
          "9999999999d",
          "-5s",
          "PT5S",
          "{{x}}",
          "${env:NOBODY}",
          "\u0000",
          "\ud800",
          "\u202e",
          "@",
          "`",
          "%",
          "|",
          ">",
          "? x",
          "- x",
          "a: b: c",
          "'unfinished",
          "\"unfinished",
          "x".repeat(100_000));

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("weir-configs");
  }

  @AfterContainer
  static void deleteFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("config.yaml"));
    Files.delete(folder);
  }

  /** Damage that is done to what was refused anyway would show nothing. */
  @ParameterizedTest
  @EnumSource
  void shouldBeginWithConfigsThatAreRead(Sample sample, @TempDir Path temporary)
      throws IOException {
    Path file = Files.writeString(temporary.resolve("config.yaml"), sample.text);

    assertThat(ConfigReader.read(file, List.of(), sample.type)).isInstanceOf(sample.type);
  }

  @Property(seed = "20267", tries = 2000)
  void shouldReadOrRefuseADamagedConfig(@ForAll long seed, @ForAll Sample sample)
      throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(sample.text.lines().toList());
    for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
      damage(lines, random);
    }
    String text = String.join("\n", lines);
    if (random.nextInt(10) == 0) {
      text = text.substring(0, random.nextInt(text.length() + 1));
    }
    Path file = folder.resolve("config.yaml");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertReadOrRefused(file, sample.type);
  }

  @Property(seed = "20267", tries = 2000)
  void shouldReadOrRefuseSettingsOfTheCommandLine(@ForAll long seed, @ForAll Sample sample) {
    Random random = new Random(seed);
    List<String> lines = sample.text.lines().toList();
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String key = lines.get(random.nextInt(lines.size())).strip().replaceFirst(":.*", "");
      String prefix = lines.get(random.nextInt(lines.size())).strip().replaceFirst(":.*", "");
      settings.add(
          (random.nextBoolean() ? prefix + "." : "")
              + key
              + (random.nextInt(20) == 0 ? "" : "=")
              + VALUES.get(random.nextInt(VALUES.size())));
    }
    long begun = System.nanoTime();
    try {
      ConfigReader.of(settings, sample.type);
    } catch (InvalidInputException e) {
      assertThat(e).message().isNotBlank();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
  }

  static List<String> bombs() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append("a%d: &a%d [".formatted(i, i));
      laughs.append("*a%d, ".formatted(i - 1).repeat(9));
      laughs.append("x]\n");
    }
    return List.of(
        laughs.toString(),
        "a: " + "[".repeat(100_000),
        "a: " + "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        " ".repeat(1_000_000),
        "#".repeat(1_000_000),
        "a: &a {b: *a}",
        "x".repeat(1_000_000) + ": 1");
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void shouldRefuseWhatGrowsWithoutEnd(String text, @TempDir Path temporary) throws IOException {
    Path file = Files.writeString(temporary.resolve("bomb.yaml"), text);

    assertReadOrRefused(file, ScorerConfig.class);
    assertReadOrRefused(file, TrainConfig.class);
  }

  private static void assertReadOrRefused(Path file, Class<? extends Record> type) {
    long begun = System.nanoTime();
    try {
      ConfigReader.read(file, List.of(), type);
    } catch (InvalidInputException e) {
      assertThat(e).message().isNotBlank().hasSizeLessThan(5_000);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
  }

  private static void damage(List<String> lines, Random random) {
    if (lines.isEmpty()) {
      return;
    }
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    switch (random.nextInt(7)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2 -> lines.set(at, " ".repeat(random.nextInt(4)) + line);
      case 3 -> lines.set(at, line.strip());
      case 4 -> lines.set(at, "\t" + line);
      case 5 -> {
        int place = random.nextInt(line.length() + 1);
        lines.set(
            at,
            line.substring(0, place)
                + VALUES.get(random.nextInt(VALUES.size()))
                + line.substring(place));
      }
      default ->
          lines.set(at, line.replaceFirst(":.*", ": ") + VALUES.get(random.nextInt(VALUES.size())));
    }
  }
}
