package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schemas.registry.MockSchemaRegistry;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.FakeModels;
import dev.weir.scorer.fixture.TinyManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the names and the order of nodes, stores and internal topics: under another name a store
 * begins empty, and where parts are numbered anew, instances of two versions cannot share the work
 * while one replaces the other.
 *
 * <p>A change that is meant is made in the files, too ({@code -Dweir.topology=write}), and has a
 * line in the changelog that says what an upgrade loses.
 */
class TopologyNamesTest {
  private static final Path FOLDER = Path.of("src/test/resources/released");

  @Test
  void shouldNotRenameWhatTheLeastConfigHas() throws IOException {
    assertDescribed("topology-least.txt", Configs.of());
  }

  @Test
  void shouldNotRenameWhatAFullConfigHas() throws IOException {
    assertDescribed(
        "topology-full.txt",
        Configs.of(
            "input=",
            "model=",
            "pipelines=[{name: a, input: {topic: metrics, keyField: host}, model: {path: m},"
                + " output: {scored: as}, alerts: {incidents: {}, silence: {}}, drift: {}}, {name:"
                + " b, input: {pattern: other-.*}, model: {path: m}}]"));
  }

  private static void assertDescribed(String file, ScorerConfig config) throws IOException {
    String now =
        TopologyFixture.topology(
                config,
                new FakeModels(TinyManifest.ofThreeFeatures()),
                MockSchemaRegistry.ofScope("unused"),
                ScoringListener.SILENT)
            .describe()
            .toString();
    Path path = FOLDER.resolve(file);
    if ("write".equals(System.getProperty("weir.topology"))) {
      Files.writeString(path, now);
    }
    assertThat(now).isEqualTo(Files.readString(path));
  }
}
