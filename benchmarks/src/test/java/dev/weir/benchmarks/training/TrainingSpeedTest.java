package dev.weir.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.error.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingSpeedTest {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  @TempDir private Path folder;

  @Test
  void shouldMirrorTheEncoder() {
    assertThat(new TrainingShape(100, 10, List.of(64, 32, 8), 16, 2).hiddenLayers())
        .containsExactly(64, 32, 8, 32, 64);
  }

  @ParameterizedTest
  @EnumSource(PythonLibrary.class)
  void shouldTrainAllOnTheSame(PythonLibrary library) throws IOException {
    assumeThat(isThere(library)).as("a Python with " + library.title()).isTrue();
    // Given
    StringWriter out = new StringWriter();
    TrainingShape shape = new TrainingShape(500, 6, List.of(12, 2), 64, 3);

    // When
    String json = new TrainingSpeed(shape, PYTHONS, false, new PrintWriter(out)).run(2);

    // Then
    JsonNode figures = new ObjectMapper().readTree(json);
    double ours = figures.path("training_weir_rows_per_second").asDouble();
    assertThat(ours).isPositive();
    String name = library.name().toLowerCase(Locale.ROOT);
    for (String rival : List.of(name, name + "_one_thread")) {
      double theirs = figures.path("training_" + rival + "_rows_per_second").asDouble();
      assertThat(theirs).isPositive();
      assertThat(figures.path("training_ratio_" + rival).asDouble()).isEqualTo(ours / theirs);
    }
    assertThat(figures.path("cores").asInt()).isPositive();
    assertThat(out.toString())
        .contains("round 2  " + library.title())
        .contains("one thread")
        .contains("times as fast");
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
    assertThat(figures.has("training_ratio_scikit_learn")).isFalse();
    assertThat(out.toString())
        .contains("python3-sklearn")
        .contains("python3-torch")
        .contains("round 1  weir ")
        .doesNotContain("times as fast");
  }

  @Test
  void shouldInsistOnWhatWasNamed() {
    TrainingShape shape = new TrainingShape(300, 4, List.of(6, 2), 64, 2);
    TrainingSpeed speed =
        new TrainingSpeed(
            shape, List.of("/nonexistent/python"), true, new PrintWriter(new StringWriter()));

    assertThatThrownBy(() -> speed.run(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("/nonexistent/python");
  }

  private boolean isThere(PythonLibrary library) {
    try {
      return PythonTrainer.find(library, PYTHONS, folder) != null;
    } catch (InvalidInputException e) {
      return false;
    }
  }
}
