package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.config.TrainConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docker-compose.yml, the images' Dockerfiles, and the configs of deploy/compose. */
class ComposeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path COMPOSE = ROOT.resolve("docker-compose.yml");
  private static final Path CONFIGS = ROOT.resolve(Path.of("deploy", "compose"));

  private static final Pattern SERVICE =
      Pattern.compile("(?m)^  ([a-z-]+):\\n((?: {4}.*\\n|\\n)+)");
  private static final Pattern PORTS = Pattern.compile("(?m)^ *ports: \\[(.*)]$");
  private static final Pattern PORT =
      Pattern.compile("\"127\\.0\\.0\\.1:\\$\\{([A-Z_]+):-(\\d+)(?:-(\\d+))?}:\\d+\"");

  /** Two services on one port cannot both start, and some are for this machine's eyes only. */
  @Test
  void shouldPublishEachOnAPortOfItsOwnOnLoopback() throws IOException {
    String example = Files.readString(ROOT.resolve(".env.example"));
    String compose = Files.readString(COMPOSE);
    List<String> published =
        PORTS.matcher(compose).results().map(ports -> ports.group(1)).collect(Collectors.toList());
    Map<Integer, String> taken = new TreeMap<>();

    assertThat(published)
        .hasSizeGreaterThan(6)
        .hasSize(compose.split("(?m)^ *ports:", -1).length - 1);
    for (String ports : published) {
      Matcher port = PORT.matcher(ports);
      assertThat(port.matches()).as("one port of 127.0.0.1: %s", ports).isTrue();
      int first = Integer.parseInt(port.group(2));
      int last = port.group(3) == null ? first : Integer.parseInt(port.group(3));
      for (int number = first; number <= last; number++) {
        assertThat(taken.put(number, port.group(1))).as("also on %d", number).isNull();
      }
      assertThat(example).contains(port.group(1) + "=" + ports.split(":-|}", -1)[1] + "\n");
    }
  }

  @Test
  void shouldLetWeirsOwnWriteNowhereAndHaveNoPrivileges() throws IOException {
    String text = Files.readString(COMPOSE);

    assertThat(text)
        .contains(
            """
            x-weir-service: &weir-service
              restart: unless-stopped
              read_only: true
              cap_drop: [ALL]
              security_opt: ["no-new-privileges:true"]
            """)
        .contains("x-weir-job: &weir-job\n  <<: *weir-service\n")
        .contains("x-weir-demo: &weir-demo\n  <<: *weir-job\n")
        .doesNotContain("read_only: false", "cap_add", "privileged: true", "user:");
    Set<String> weirs = new TreeSet<>();
    for (MatchResult service : services(text)) {
      if (service.group(2).contains("image: weir/")) {
        assertThat(service.group(2)).as(service.group(1)).startsWith("    <<: *weir-service\n");
      }
      if (service.group(2).startsWith("    <<: *weir-")) {
        weirs.add(service.group(1));
      }
    }
    assertThat(weirs)
        .containsExactly("demo-history", "demo-producer", "demo-training", "scorer", "trainer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scorer", "trainer"})
  void shouldRunImagesAsAUserOfTheirOwn(String image) throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve(Path.of(image, "Dockerfile")));

    List<String> users = lines.stream().filter(line -> line.startsWith("USER ")).toList();
    assertThat(users).isNotEmpty();
    assertThat(users.get(users.size() - 1)).matches("USER [1-9]\\d*(:[1-9]\\d*)?");
    assertThat(lines).anyMatch(line -> line.startsWith("STOPSIGNAL "));
    assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK "));
  }

  @Test
  void shouldPinEveryVersion() throws IOException {
    List<String> images = new ArrayList<>();
    for (MatchResult service : services(Files.readString(COMPOSE))) {
      service.group(2).lines().filter(line -> line.startsWith("    image: ")).forEach(images::add);
    }

    assertThat(images)
        .hasSizeGreaterThan(6)
        .allMatch(line -> line.matches(".*:v?\\d+\\.\\d+\\.\\d+.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"score.yaml", "train.yaml"})
  void shouldHaveConfigsThatWeirTakes(String name) {
    Path file = CONFIGS.resolve(name);

    Object config =
        name.equals("score.yaml")
            ? ConfigReader.read(file, List.of(), ScorerConfig.class)
            : ConfigReader.read(file, List.of(), TrainConfig.class);

    assertThat(config).isNotNull();
  }

  /** What is in the environment alone can be changed in one place, for the trainer as well. */
  @Test
  void shouldGiveContainersWhatConfigsReferTo() throws IOException {
    String compose = Files.readString(COMPOSE);
    String containers = "WEIR_JAVA_OPTS: ";
    for (String name : List.of("score.yaml", "train.yaml")) {
      Matcher reference =
          Pattern.compile("\\$\\{env:(\\w+)}").matcher(Files.readString(CONFIGS.resolve(name)));

      assertThat(reference.results().map(found -> found.group(1)))
          .containsExactly("SCHEMA_REGISTRY_URL");
    }
    assertThat(compose).contains(containers).doesNotContain("--set");
    assertThat(compose.split("\n *" + containers + ".*\n *SCHEMA_REGISTRY_URL: \\*", -1))
        .hasSameSizeAs(compose.split(containers, -1));
  }

  private static List<MatchResult> services(String compose) {
    String section = compose.substring(compose.indexOf("\nservices:\n"));
    return SERVICE
        .matcher(section.substring(0, section.indexOf("\nvolumes:\n")))
        .results()
        .toList();
  }
}
