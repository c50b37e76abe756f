package dev.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.config.ConfigException;
import dev.weir.model.config.ConfigReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SomConfigTest {
  private record Holder(ModelConfig model) {}

  private static ModelConfig config(String... settings) {
    return ConfigReader.of(List.of(settings), Holder.class).model();
  }

  @Test
  void shouldNeedNothingButItsName() {
    // When
    ModelConfig config = config("model.family=som");

    // Then
    assertThat(config).isInstanceOf(SomConfig.class);
    assertThat(config.window()).isEqualTo(1);
    assertThat(((SomConfig) config).describe(8, 9, 4.5))
        .containsEntry("grid", "HEXAGONAL")
        .containsEntry("rows", 8)
        .containsEntry("columns", 9)
        .containsEntry("radius", 4.5);
  }

  @Test
  void shouldTakeEachSetting() {
    // When
    SomConfig config =
        (SomConfig)
            config(
                "model.family=som",
                "model.grid=rectangular",
                "model.rows=3",
                "model.columns=4",
                "model.training=online",
                "model.neighbourhood=bubble",
                "model.initialisation=random",
                "model.normalize=cell");

    // Then
    assertThat(config.describe(3, 4, 2))
        .containsEntry("grid", "RECTANGULAR")
        .containsEntry("training", "ONLINE")
        .containsEntry("neighbourhood", "BUBBLE")
        .containsEntry("initialisation", "RANDOM")
        .containsEntry("normalize", "CELL")
        .containsKeys("learningRate", "finalLearningRate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows=4|'model.columns' is missing: a grid of given size needs rows and columns",
        "columns=4|'model.rows' is missing",
        "rows=0,columns=4|'model.rows' is 0, but must be at least 1",
        "rows=1,columns=1|a map needs 2 cells or more",
        "rows=300,columns=300|'model.columns' is 300, but must be at most 218",
        "rows=3,columns=3,cells=9|'model.cells' cannot stand beside rows and columns",
        "cells=3|'model.cells' is 3, but must be at least 4",
        "radius=0.1|'model.radius' is 0.1, below finalRadius, which is",
        "finalRadius=0|'model.finalRadius' is 0.0, but must be above 0",
        "learningRate=1.5|'model.learningRate' is 1.5, but must be at most 1",
        "learningRate=0.1,finalLearningRate=0.2|'model.finalLearningRate' is 0.2, above",
        "epochs=0|'model.epochs' is 0, but must be at least 1",
        "patience=0|'model.patience' is 0, but must be at least 1",
        "hiddenLayers=[3]|hiddenLayers",
        "grid=round|model.grid"
      })
  void shouldRefuse(String settings, String message) {
    // Given
    String[] all = ("model.family=som,model." + settings.replace(",", ",model.")).split(",");

    // When / Then
    assertThatThrownBy(() -> config(all))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
