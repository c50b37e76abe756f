package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.trainer.config.TrainConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is under deploy/ is what the Kubernetes API, and Weir itself, would take. */
class ManifestsTest {
  private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");

  /** KEDA's types are not on Maven Central: these are the keys that we know, and not all it has. */
  private static final Map<String, Set<String>> KEDA =
      Map.of(
          "ScaledObject",
          Set.of(
              "scaleTargetRef",
              "pollingInterval",
              "cooldownPeriod",
              "initialCooldownPeriod",
              "idleReplicaCount",
              "minReplicaCount",
              "maxReplicaCount",
              "fallback",
              "advanced",
              "triggers"),
          "TriggerAuthentication",
          Set.of("podIdentity", "secretTargetRef", "env", "configMapTargetRef"));

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
          "v1/Service", Service.class,
          "apps/v1/Deployment", Deployment.class,
          "batch/v1/CronJob", CronJob.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class);

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** The types take keys that they do not know into a map; here, they are refused. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  @Test
  void shouldBeWhatTheApiTakes() throws IOException {
    // Given
    Set<String> seen = new TreeSet<>();

    // When
    for (JsonNode manifest : manifests()) {
      String kind = manifest.path("kind").asText();
      String type = manifest.path("apiVersion").asText() + "/" + kind;
      seen.add(kind);
      assertThat(manifest.path("metadata").path("name").asText()).as(type).isNotBlank();
      assertThat(manifest.path("metadata").path("namespace").asText()).as(type).isEqualTo("weir");
      if (type.startsWith("keda.sh/v1alpha1/")) {
        manifest
            .path("spec")
            .fieldNames()
            .forEachRemaining(k -> assertThat(KEDA.get(kind)).contains(k));
      } else {
        // Then
        assertThat(TYPES).containsKey(type);
        assertThat(STRICT.treeToValue(manifest, TYPES.get(type))).isNotNull();
      }
    }
    assertThat(seen)
        .contains("Deployment", "CronJob", "ServiceMonitor", "ScaledObject", "ConfigMap");
  }

  @Test
  void shouldRefuseAKeyThatIsMisspelt() throws IOException {
    String deployment = Files.readString(FOLDER.resolve("scorer.yaml")).split("\n---\n", -1)[0];
    JsonNode misspelt = YAML.readTree(deployment.replace("readinessProbe", "readynessProbe"));

    assertThatThrownBy(() -> STRICT.treeToValue(misspelt, Deployment.class))
        .hasMessageContaining("readynessProbe");
  }

  @Test
  void shouldReferToWhatThereIs() throws IOException {
    Set<String> named = new TreeSet<>();
    for (JsonNode manifest : manifests()) {
      named.add(
          manifest.path("kind").asText() + " " + manifest.path("metadata").path("name").asText());
    }
    for (JsonNode manifest : manifests()) {
      manifest
          .findValues("configMap")
          .forEach(map -> assertThat(named).contains("ConfigMap " + map.path("name").asText()));
      manifest
          .findValuesAsText("claimName")
          .forEach(claim -> assertThat(named).contains("PersistentVolumeClaim " + claim));
      manifest
          .findValues("scaleTargetRef")
          .forEach(it -> assertThat(named).contains("Deployment " + it.path("name").asText()));
      manifest
          .findValues("authenticationRef")
          .forEach(
              it ->
                  assertThat(named).contains("TriggerAuthentication " + it.path("name").asText()));
    }
  }

  @Test
  void shouldGiveConfigsThatWeirTakes(@TempDir Path folder) throws IOException {
    JsonNode data = YAML.readTree(FOLDER.resolve("config.yaml").toFile()).path("data");
    Path score = Files.writeString(folder.resolve("s.yaml"), data.path("score.yaml").asText());
    Path train = Files.writeString(folder.resolve("t.yaml"), data.path("train.yaml").asText());

    assertThat(ConfigReader.read(score, List.of(), ScorerConfig.class).applicationId())
        .isEqualTo("weir-server-metrics");
    assertThat(ConfigReader.read(train, List.of(), TrainConfig.class).output())
        .isEqualTo("/bundles/server-metrics");
  }

  /** What is in arguments, every list of processes shows. */
  @Test
  void shouldReferToSecretsThatTheContainersHave() throws IOException {
    Set<String> referred = new TreeSet<>();
    Matcher reference =
        Pattern.compile("\\$\\{env:(\\w+)}")
            .matcher(Files.readString(FOLDER.resolve("config.yaml")));
    while (reference.find()) {
      referred.add(reference.group(1));
    }
    assertThat(referred).containsExactly("KAFKA_PASSWORD", "KAFKA_USERNAME");
    int containers = 0;
    for (JsonNode manifest : manifests()) {
      for (JsonNode container :
          manifest.findValue("containers") == null
              ? List.<JsonNode>of()
              : manifest.findValue("containers")) {
        containers++;
        assertThat(container.path("args").toString()).doesNotContainIgnoringCase("password");
        assertThat(container.path("env").findValuesAsText("name")).containsAll(referred);
      }
    }
    assertThat(containers).isEqualTo(2);
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
    assertThat(manifests).hasSizeGreaterThan(7);
    return manifests;
  }
}
