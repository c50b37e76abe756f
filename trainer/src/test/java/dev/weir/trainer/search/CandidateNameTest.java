package dev.weir.trainer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.ModelConfig;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateNameTest {
  private record Holder(ModelConfig model) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {family: pca}                                   | pca
          {family: pca, components: 3}                    | pca (components 3)
          {family: autoencoder, window: 1}                | autoencoder
          {hiddenLayers: [16, 4], regularization: sparse} | autoencoder (hiddenLayers [16, 4], regularization sparse)
          {family: som, window: 4, cells: 100}            | som (window 4, cells 100)
          {family: gru-autoencoder, window: 16}           | gru-autoencoder
          {family: ensemble}                              | ensemble
          {family: ensemble, members: [{family: pca}, {family: som, seed: 2}]} | ensemble (members [pca, som (seed 2)])
          """)
  void shouldNameFamilyAndWhatIsNotItsDefault(String model, String name) {
    assertThat(CandidateName.of(ConfigReader.of(List.of("model=" + model), Holder.class).model()))
        .isEqualTo(name);
  }
}
