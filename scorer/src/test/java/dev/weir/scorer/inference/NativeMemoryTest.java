package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scoring must not leave anything behind, in DJL's books or in native memory. */
class NativeMemoryTest {
  private static final int WIDTH = 32;
  private static final int ROWS = 512;
  private static final int CALLS = 10_000;

  /** The outputs of one batch; kept, 10,000 of them would be 1.3 GB. */
  private static final long OUTPUT_BYTES = (long) ROWS * (2 * WIDTH + 1) * Float.BYTES;

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNotGrowWithTheNumberOfCalls() throws Exception {
    TinyGraph graph = TinyGraph.random(WIDTH, 1);
    FeatureBatch batch = new FeatureBatch(ROWS, WIDTH);
    for (float[] row : graph.rows(ROWS, 2)) {
      batch.add(row);
    }
    try (LoadedModel loaded =
            LoadedModel.load(TinyBundle.write(folder.resolve("bundle"), WIDTH, graph.onnx()));
        AnomalyModel model = loaded.newScorer()) {
      // Given heap and arenas that have found their size
      score(model, batch, CALLS / 5);
      int childrenBefore = children(loaded);
      long before = residentBytes();

      // When
      score(model, batch, CALLS);

      // Then
      assertThat(residentBytes() - before).isLessThan(CALLS * OUTPUT_BYTES / 3);
      assertThat(children(loaded)).isEqualTo(childrenBefore);
    }
  }

  @Test
  void shouldForgetScorersThatAreClosed() throws Exception {
    TinyGraph graph = TinyGraph.random(WIDTH, 1);
    FeatureBatch batch = new FeatureBatch(1, WIDTH);
    batch.add(new float[WIDTH]);
    try (LoadedModel loaded =
        LoadedModel.load(TinyBundle.write(folder.resolve("bundle"), WIDTH, graph.onnx()))) {
      int before = children(loaded);

      for (int i = 0; i < 100; i++) {
        try (AnomalyModel model = loaded.newScorer()) {
          score(model, batch, 2);
        }
      }

      assertThat(children(loaded)).isEqualTo(before);
    }
  }

  private static void score(AnomalyModel model, FeatureBatch batch, int calls) {
    float sum = 0;
    for (int i = 0; i < calls; i++) {
      try (ScoredBatch scored = model.score(batch)) {
        sum += scored.score(0) + scored.contributions(0)[0] + scored.expected(0)[0];
      }
    }
    assertThat(sum).isFinite();
  }

  /** What DJL's manager of the model holds: arrays and managers of predictors and of batches. */
  private static int children(LoadedModel loaded) throws ReflectiveOperationException {
    Field model = LoadedModel.class.getDeclaredField("model");
    model.setAccessible(true);
    NDManager manager = ((Model) model.get(loaded)).getNDManager();
    Field resources = BaseNDManager.class.getDeclaredField("resources");
    resources.setAccessible(true);
    return ((Map<?, ?>) resources.get(manager)).size();
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
