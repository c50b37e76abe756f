package dev.weir.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSpeedTest {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  @TempDir private Path folder;

  @Test
  void shouldMirrorTheEncoder() {
    assertThat(new TrainingShape(100, 10, List.of(64, 32, 8), 16, 2).hiddenLayers())
        .containsExactly(64, 32, 8, 32, 64);
  }

  @Test
  void shouldTrainBothOnTheSame() throws IOException {
    assumeThat(hasScikitLearn()).as("a Python with scikit-learn").isTrue();
    // Given
    StringWriter out = new StringWriter();
    TrainingShape shape = new TrainingShape(500, 6, List.of(12, 2), 64, 3);

    // When
    String json = new TrainingSpeed(shape, PYTHONS, true, new PrintWriter(out)).run(2);

    // Then
    JsonNode figures = new ObjectMapper().readTree(json);
    double ours = figures.path("training_weir_rows_per_second").asDouble();
    double theirs = figures.path("training_scikit_learn_rows_per_second").asDouble();
    assertThat(ours).isPositive();
    assertThat(theirs).isPositive();
    assertThat(figures.path("training_ratio").asDouble()).isEqualTo(ours / theirs);
    assertThat(out.toString()).contains("round 2:").contains("times as fast");
  }

  @Test
  void shouldMeasureOursAloneWhereThereIsNoScikitLearn() throws IOException {
    // Given
    StringWriter out = new StringWriter();
    TrainingShape shape = new TrainingShape(300, 4, List.of(6, 2), 64, 2);

    // When
    String json =
        new TrainingSpeed(shape, List.of("/nonexistent/python"), false, new PrintWriter(out))
            .run(1);

    // Then
    JsonNode figures = new ObjectMapper().readTree(json);
    assertThat(figures.path("training_weir_rows_per_second").asDouble()).isPositive();
    assertThat(figures.has("training_ratio")).isFalse();
    assertThat(out.toString())
        .contains("python3-sklearn")
        .contains("round 1: weir ")
        .doesNotContain("times as fast");
  }

  private boolean hasScikitLearn() {
    try {
      return ScikitLearn.find(PYTHONS, folder) != null;
    } catch (InvalidInputException e) {
      return false;
    }
  }
}
