package dev.weir.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.bundle.SearchCriterion;
import dev.weir.model.config.ConfigException;
import dev.weir.model.config.ConfigReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchConfigTest {

  @Test
  void shouldNeedNothingButItsName() {
    // When
    TrainConfig config = read("search={}");

    // Then
    assertThat(config.model()).isNull();
    assertThat(config.search().candidates()).isNull();
    assertThat(config.search().windows()).containsExactly(1);
    assertThat(config.search().budget()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.search().criterion()).isEqualTo(SearchCriterion.ROC_AUC);
    assertThat(config.search().seed()).isEqualTo(1);
  }

  @Test
  void shouldTakeWhatMayStandUnderModel() {
    // When
    SearchConfig search =
        read(
                "search.candidates=[{family: pca}, {hiddenLayers: [8, 2]}, {family: som, cells: 9}]",
                "search.budget=90s",
                "search.criterion=averagePrecision")
            .search();

    // Then
    assertThat(search.candidates())
        .extracting(ModelConfig::family)
        .containsExactly("pca", "autoencoder", "som");
    assertThat(search.budget()).isEqualTo(Duration.ofSeconds(90));
    assertThat(search.criterion()).isEqualTo(SearchCriterion.AVERAGE_PRECISION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          search={}; model.family=pca                | key 'search' and 'model' exclude each other; list the model under search.candidates
          search.candidates=[]                       | key 'search.candidates' is empty: a list of what may stand under 'model'
          search.candidates=[{family: pca}, {family: pca, variance: 0.9}] | key 'search.candidates' has the same model twice
          search.candidates=[{family: x}]            | 'x', but must be one of autoencoder, pca
          search.candidates=[{family: pca}]; search.windows=[4] | key 'search.windows' are of the default candidates
          search.windows=[]                          | key 'search.windows' is empty
          search.windows=[1, 1]                      | key 'search.windows' has the same window twice
          search.windows=[0]                         | must be at least 1
          search.budget=0s                           | key 'search.budget' is 0
          search.budget=ten                          | 'ten' is not a duration
          search.criterion=f1                        | search.criterion
          search.famly=pca                           | search.famly
          """)
  void shouldRefuseWhatCannotBeSearched(String settings, String problem) {
    assertThatThrownBy(() -> read(settings.split("; ")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private static TrainConfig read(String... more) {
    List<String> settings =
        new ArrayList<>(List.of("name=web", "source.type=csv", "source.files=a.csv"));
    settings.addAll(List.of(more));
    return ConfigReader.of(settings, TrainConfig.class);
  }
}
