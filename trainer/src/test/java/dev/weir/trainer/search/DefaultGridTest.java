package dev.weir.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.data.MixedRows;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefaultGridTest {

  @Test
  void shouldTryFamiliesAndSizesMadeForTheColumns() {
    // When
    List<ModelConfig> grid = DefaultGrid.of(numeric(38), List.of(1), 1);

    // Then
    assertThat(grid)
        .extracting(CandidateName::of)
        .containsExactly(
            "pca",
            "pca (variance 0.99)",
            "som",
            "som (cells 200)",
            "autoencoder",
            "vae",
            "autoencoder (hiddenLayers [76, 38, 5])",
            "autoencoder (hiddenLayers [76, 38, 20])",
            "autoencoder (overcomplete true, regularization denoising)",
            "ensemble");
  }

  @Test
  void shouldCountTheColumnsOfCategoriesAndCycles() {
    // Two categories of three and "other", three numbers, a truth value, two cycles: 16 columns.
    assertThat(DefaultGrid.of(MixedRows.FEATURES, List.of(1), 1))
        .extracting(CandidateName::of)
        .contains("autoencoder (hiddenLayers [32, 16, 8])");
  }

  @Test
  void shouldLeaveOutSizesThatFewColumnsDoNotHave() {
    assertThat(DefaultGrid.of(numeric(2), List.of(1), 1))
        .extracting(CandidateName::of)
        .noneMatch(name -> name.contains("hiddenLayers"))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldTakeWindowsAndSeed() {
    // When
    List<ModelConfig> grid = DefaultGrid.of(numeric(8), List.of(1, 16), 7);

    // Then
    assertThat(grid).extracting(ModelConfig::seed).containsOnly(7L);
    assertThat(grid)
        .filteredOn(model -> model.window() == 16)
        .extracting(ModelConfig::family)
        .containsExactly("pca", "autoencoder", "gru-autoencoder");
  }

  private static FeatureSpec numeric(int count) {
    return FeatureSpec.numeric(IntStream.range(0, count).mapToObj(j -> "f" + j).toList());
  }
}
