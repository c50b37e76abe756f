package dev.weir.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.scorer.config.ComputeDevice;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.fixture.Configs;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import dev.weir.scorer.inference.AnomalyModel;
import dev.weir.scorer.inference.FeatureBatch;
import dev.weir.scorer.inference.ModelHost;
import dev.weir.scorer.inference.ScoredBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every task would fail at never becomes the live model. */
class BundleCheckTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void writeBundle() {
    folder = temporary.resolve("bundle");
    TinyBundle.write(folder, 1, TinyGraph.sumOfSquares(1).onnx());
  }

  private static BundleCheck check(String... settings) {
    PipelineConfig pipeline = Configs.of(settings).pipelines().get(0);
    return new BundleCheck(pipeline);
  }

  private void assertRefused(BundleCheck check, Runnable next, String why) {
    try (ModelHost host = ModelHost.open(folder, ComputeDevice.CPU, check)) {
      long generation = host.generation();

      // When
      next.run();

      // Then
      assertThatThrownBy(host::replace)
          .isInstanceOf(InvalidBundleException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining(why);
      assertThat(host.generation()).isEqualTo(generation);
      FeatureBatch batch = new FeatureBatch(1, 1);
      batch.add(new float[] {3});
      try (AnomalyModel model = host.newScorer();
          ScoredBatch scored = model.score(batch)) {
        assertThat(scored.score(0)).isEqualTo(9);
      }
    }
  }

  @Test
  void shouldRefuseAModelThatRemembersMoreOfAKeyThanAStoreTakes() {
    assertRefused(
        check(),
        () -> TinyBundle.write(folder, new FeatureSpec(List.of(TinyBundle.lookingBack(200_000)))),
        "the state of a key would take up to");
  }

  @Test
  void shouldRefuseAModelOfWhichABatchIsTooLarge() {
    // Given windows of about a megabyte
    int width = 8;
    int window = 30_000;
    byte[] graph = TinyGraph.sumOfSquares(width).onnxOfWindows(2);

    assertRefused(
        check("batch.maxRows=4096"),
        () -> TinyBundle.write(folder, width, window, graph),
        "there is no room for a batch of it: a batch of 4096 windows of 30000 rows with 8 features"
            + " takes 2 GiB or more; lower batch.maxRows (4096)");
  }

  @Test
  void shouldRefuseAModelWhoseCountsForDriftAreNotThoseOfItsFeatures() {
    assertRefused(
        check("drift.bins=5"),
        () ->
            addToManifest(
                "\"distributions\": [{\"feature\": \"f0\", \"counts\": [1, 2, 3],"
                    + " \"missing\": 0}]"),
        "the distribution of 'f0', which is NUMERIC, has 3 counts and not 1");
  }

  private void addToManifest(String text) {
    Path manifest = folder.resolve(Bundle.MANIFEST);
    try {
      String json = Files.readString(manifest);
      int end = json.lastIndexOf('}');
      Files.writeString(manifest, json.substring(0, end) + ", " + text + "}");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
