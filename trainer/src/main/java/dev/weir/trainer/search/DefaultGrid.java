package dev.weir.trainer.search;

import dev.weir.model.config.ConfigReader;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.config.PcaConfig;
import dev.weir.trainer.config.SequenceConfig;
import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.VaeConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates of a search that names none: what is quick comes first, so that a short budget
 * still compares families.
 */
final class DefaultGrid {
  private static final int FEWER_CELLS = 200;

  private DefaultGrid() {}

  /** Where the config of a model is in that of a training. */
  private record Holder(ModelConfig model) {}

  /**
   * The models to try.
   *
   * @param windows for each of them the families that it suits
   * @param seed of all of them
   */
  static List<ModelConfig> of(FeatureSpec features, List<Integer> windows, long seed) {
    List<ModelConfig> grid = new ArrayList<>();
    for (int window : windows) {
      String each = ", window: " + window + ", seed: " + seed;
      if (window == 1) {
        singleRows(columns(features), each, grid);
      } else {
        grid.add(model(PcaConfig.PCA + each));
        grid.add(model(AutoencoderConfig.AUTOENCODER + each));
        grid.add(model(SequenceConfig.GRU + each));
      }
    }
    return List.copyOf(grid);
  }

  private static void singleRows(int columns, String each, List<ModelConfig> grid) {
    List<Integer> widths = AutoencoderConfig.DEFAULT.hiddenLayers(columns);
    int code = widths.get(2);
    grid.add(model(PcaConfig.PCA + each));
    grid.add(model(PcaConfig.PCA + ", variance: 0.99" + each));
    grid.add(model(SomConfig.SOM + each));
    grid.add(model(SomConfig.SOM + ", cells: " + FEWER_CELLS + each));
    grid.add(model(AutoencoderConfig.AUTOENCODER + each));
    grid.add(model(VaeConfig.VAE + each));
    if (code > 1) {
      grid.add(model(AutoencoderConfig.AUTOENCODER + layers(widths, code / 2) + each));
    }
    if (2 * code < columns) {
      grid.add(model(AutoencoderConfig.AUTOENCODER + layers(widths, 2 * code) + each));
    }
    grid.add(
        model(
            AutoencoderConfig.AUTOENCODER
                + ", overcomplete: true, regularization: denoising"
                + each));
    grid.add(model(EnsembleConfig.ENSEMBLE + each));
  }

  private static String layers(List<Integer> widths, int code) {
    return ", hiddenLayers: " + List.of(widths.get(0), widths.get(1), code);
  }

  private static ModelConfig model(String settings) {
    return ConfigReader.of(List.of("model={family: " + settings + "}"), Holder.class).model();
  }

  /** How many columns a network will see of a row, but for those that say what is missing. */
  private static int columns(FeatureSpec features) {
    int columns = 0;
    for (Feature feature : features.features()) {
      if (feature.type() == FeatureType.CATEGORICAL) {
        columns += feature.categories().size() + 1;
      } else {
        columns += feature.type().isCyclic() ? 2 : 1;
      }
    }
    return columns;
  }
}
