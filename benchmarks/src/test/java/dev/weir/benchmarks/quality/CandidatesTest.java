package dev.weir.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.quality.Candidate.Size;
import dev.weir.trainer.config.ModelConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
  private static final Size SIZE = new Size(38, 2800);

  /** A default that has been replaced must not be left as a candidate against itself. */
  @ParameterizedTest
  @ValueSource(strings = {"autoencoder", "vae", "som", "pca", "ensemble", "gru-autoencoder"})
  void shouldAllDifferFromTheDefaultsAndFromEachOther(String family) {
    List<Candidate> candidates = Candidates.of(family);
    assertThat(candidates).hasSizeGreaterThan(2);
    assertThat(candidates.get(0).isDefaults()).isTrue();
    List<Map.Entry<String, ?>> configs =
        candidates.stream().map(CandidatesTest::described).toList();

    assertThat(configs).doesNotHaveDuplicates();
  }

  private static Map.Entry<String, ?> described(Candidate candidate) {
    ModelConfig model = candidate.config(SIZE, 1, 4);
    return Map.entry(model.toString(), candidate.scaling());
  }
}
