package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxAnomalyModelTest {
  private static final int WIDTH = 7;
  private static final TinyGraph GRAPH = TinyGraph.random(WIDTH, 42);

  @TempDir private static Path folder;
  private static LoadedModel loaded;

  @BeforeAll
  static void load() {
    loaded = LoadedModel.load(TinyBundle.write(folder.resolve("bundle"), WIDTH, GRAPH.onnx()));
  }

  @AfterAll
  static void close() {
    loaded.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 512})
  void shouldComputeWhatTheGraphSays(int count) {
    // Given
    float[][] rows = GRAPH.rows(count, 1);

    // When
    try (AnomalyModel model = loaded.newScorer();
        ScoredBatch scored = model.score(batch(rows))) {
      for (int i = 0; i < count; i++) {
        // Then
        assertThat((double) scored.score(i)).isCloseTo(GRAPH.score(rows[i]), relative(rows[i]));
        assertThat(doubles(scored.contributions(i)))
            .containsExactly(GRAPH.contributions(rows[i]), within(1e-4 + 1e-4 * scored.score(i)));
        assertThat(doubles(scored.expected(i)))
            .containsExactly(GRAPH.expected(rows[i]), within(1e-4));
      }
    }
  }

  @Test
  void shouldHaveContributionsThatSumToTheScore() {
    float[][] rows = GRAPH.rows(64, 2);

    try (AnomalyModel model = loaded.newScorer();
        ScoredBatch scored = model.score(batch(rows))) {
      for (int i = 0; i < rows.length; i++) {
        double sum = 0;
        for (float contribution : scored.contributions(i)) {
          assertThat(contribution).isNotNegative();
          sum += contribution;
        }
        assertThat(sum).isCloseTo(scored.score(i), within(1e-5 * (1 + scored.score(i))));
      }
    }
  }

  @Test
  void shouldScoreARowTheSameWhateverBatchItIsIn() {
    // Given
    float[][] rows = GRAPH.rows(512, 3);
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.length).boxed().toList());
    Collections.shuffle(order, new Random(4));

    try (AnomalyModel model = loaded.newScorer()) {
      // When
      double[] together = scores(model, rows);
      double[] permuted = scores(model, order.stream().map(i -> rows[i]).toArray(float[][]::new));

      // Then
      for (int i = 0; i < rows.length; i++) {
        double alone = scores(model, new float[][] {rows[order.get(i)]})[0];
        assertThat(permuted[i])
            .isCloseTo(together[order.get(i)], within(1e-6 * (1 + alone)))
            .isCloseTo(alone, within(1e-6 * (1 + alone)));
      }
    }
  }

  @Test
  void shouldTakeRowsInWhichEverythingIsMissing() {
    float[] row = new float[WIDTH];
    Arrays.fill(row, Float.NaN);

    try (AnomalyModel model = loaded.newScorer();
        ScoredBatch scored = model.score(batch(row))) {
      assertThat(scored.score(0)).isZero();
      assertThat(scored.contributions(0)).containsOnly(0);
      assertThat(doubles(scored.expected(0))).containsExactly(GRAPH.expected(row), within(1e-4));
    }
  }

  @Test
  void shouldUseABatchAgain() {
    FeatureBatch batch = new FeatureBatch(4, WIDTH);
    float[][] rows = GRAPH.rows(20, 5);

    try (AnomalyModel model = loaded.newScorer()) {
      for (int i = 0; i < rows.length; i++) {
        batch.clear();
        for (int j = 0; j <= i % 4; j++) {
          batch.add(rows[i]);
        }
        try (ScoredBatch scored = model.score(batch)) {
          assertThat((double) scored.score(i % 4))
              .isCloseTo(GRAPH.score(rows[i]), relative(rows[i]));
        }
      }
    }
  }

  @Test
  void shouldServeEachThreadAScorerOfItsOwn() throws Exception {
    // Given
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Callable<Double> first = () -> worstOfManyBatches(6);
    Callable<Double> second = () -> worstOfManyBatches(7);

    // When
    List<Future<Double>> worst = threads.invokeAll(List.of(first, second), 60, TimeUnit.SECONDS);
    threads.shutdown();

    // Then
    for (Future<Double> each : worst) {
      assertThat(each.get()).isLessThan(1e-4);
    }
  }

  @Test
  void shouldSayWhatCouldNotBeScored() {
    FeatureBatch tooNarrow = new FeatureBatch(2, WIDTH - 1);
    tooNarrow.add(new float[WIDTH - 1]);

    try (AnomalyModel model = loaded.newScorer()) {
      assertThatThrownBy(() -> model.score(tooNarrow))
          .isInstanceOf(OperationFailedException.class)
          .hasMessageContaining("model tiny 7")
          .hasMessageContaining("batch of 1 rows");
      // And it goes on.
      assertThat(scores(model, GRAPH.rows(1, 8))).hasSize(1);
    }
  }

  @Test
  void shouldShareItsModelWithItsSiblings() {
    AnomalyModel first = loaded.newScorer();
    try (AnomalyModel second = loaded.newScorer()) {
      first.close();

      assertThat(scores(second, GRAPH.rows(3, 9))).hasSize(3);
    }
  }

  /** The worst relative error over many batches, all by one scorer. */
  private static double worstOfManyBatches(long seed) {
    double worst = 0;
    float[][] rows = GRAPH.rows(200, seed);
    try (AnomalyModel model = loaded.newScorer()) {
      for (int repeat = 0; repeat < 200; repeat++) {
        double[] scores = scores(model, rows);
        for (int i = 0; i < rows.length; i++) {
          double expected = GRAPH.score(rows[i]);
          worst = Math.max(worst, Math.abs(scores[i] - expected) / (1 + expected));
        }
      }
    }
    return worst;
  }

  private static double[] scores(AnomalyModel model, float[][] rows) {
    double[] scores = new double[rows.length];
    try (ScoredBatch scored = model.score(batch(rows))) {
      for (int i = 0; i < rows.length; i++) {
        scores[i] = scored.score(i);
      }
    }
    return scores;
  }

  private static FeatureBatch batch(float[]... rows) {
    FeatureBatch batch = new FeatureBatch(rows.length, WIDTH);
    for (float[] row : rows) {
      batch.add(row);
    }
    return batch;
  }

  private static Offset<Double> relative(float[] row) {
    return within(1e-4 * (1 + GRAPH.score(row)));
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
