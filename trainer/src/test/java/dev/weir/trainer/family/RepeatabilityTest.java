package dev.weir.trainer.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.config.SplitConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same seed gives the same training, whatever Java does beside it. Memory that Java frees while
 * PyTorch still needs it shows here as losses that differ.
 */
class RepeatabilityTest {
  private static final int TRAININGS = 4;

  private record Holder(ModelConfig model) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{family: autoencoder, hiddenLayers: [16, 2], epochs: 12}",
        "{family: vae, hiddenLayers: [16, 2], epochs: 12}",
        "{family: transformer-autoencoder, window: 4, epochs: 4}"
      })
  void shouldTrainTheSameWhileGarbageIsCollected(String model) throws Exception {
    ModelConfig config = ConfigReader.of(List.of("model=" + model), Holder.class).model();
    History history = new Manifold(8).history(1000);
    TimeSplit split = TimeSplit.of(history, config.window(), SplitConfig.DEFAULT);
    Preprocessor preprocessor =
        new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, false)
            .fit(history.features());
    AtomicBoolean done = new AtomicBoolean();
    Thread collector = new Thread(() -> collect(done));
    collector.start();
    List<List<Double>> losses = new ArrayList<>();
    try {
      for (int i = 0; i < TRAININGS; i++) {
        losses.add(
            ModelFitter.of(config, TrainingProgress.SILENT)
                .fit(preprocessor, split)
                .epochs()
                .stream()
                .map(EpochReport::loss)
                .toList());
      }
    } finally {
      done.set(true);
      collector.join();
    }
    assertThat(losses).allSatisfy(each -> assertThat(each).isEqualTo(losses.get(0)));
  }

  private static void collect(AtomicBoolean done) {
    while (!done.get()) {
      System.gc();
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
