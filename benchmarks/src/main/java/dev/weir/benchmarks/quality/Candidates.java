package dev.weir.benchmarks.quality;

import dev.weir.trainer.config.AutoencoderConfig;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.NetworkTraining;
import dev.weir.trainer.config.PcaConfig;
import dev.weir.trainer.config.SomConfig;
import dev.weir.trainer.config.VaeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** The candidates of each family: its defaults first, and settings that were thought of. */
final class Candidates {
  private final String family;
  private final List<Candidate> candidates = new ArrayList<>();

  private Candidates(String family) {
    this.family = family;
    add(Candidate.DEFAULTS);
  }

  static List<Candidate> of(String family) {
    Candidates all = new Candidates(family);
    switch (family) {
      case AutoencoderConfig.AUTOENCODER -> all.ofAutoencoder();
      case VaeConfig.VAE -> all.ofVae();
      case SomConfig.SOM -> all.ofSom();
      case PcaConfig.PCA -> all.ofPca();
      case EnsembleConfig.ENSEMBLE -> all.ofEnsemble();
      default -> all.ofSequences();
    }
    return List.copyOf(all.candidates);
  }

  private void ofAutoencoder() {
    add("residuals=squared");
    add("residuals=whitened");
    ofNetwork(AutoencoderConfig.DEFAULT::training);
    clipped(20);
    ofWindows(1, 8);
  }

  private void ofVae() {
    add("score=elbo");
    add("score=reconstructionProbability");
    add("beta=0.1");
    add("half the epochs", size -> epochs(AutoencoderConfig.DEFAULT.training(size.rows()), 1));
    ofNetwork(VaeConfig.DEFAULT::training);
  }

  private void ofNetwork(IntFunction<NetworkTraining> usual) {
    add("activation=relu");
    add("half the code", size -> List.of(layers(size, code -> Math.max(1, code / 2))));
    add("twice the code", size -> List.of(layers(size, code -> 2 * code)));
    add("twice the epochs", size -> epochs(usual.apply(size.rows()), 2));
  }

  private void ofSom() {
    add("normalize=cell");
    add("cells=200");
    add("half a cell a row", size -> List.of("cells=" + cells(size.rows() / 2, 1000)));
    add("a cell a row", size -> List.of("cells=" + cells(size.rows(), 2000)));
    add("finalRadius=1");
    add("grid=rectangular");
    add("neighbourhood=bubble");
    clipped(20);
    ofWindows(1, 8);
  }

  private void ofPca() {
    add("variance=0.8");
    add("variance=0.95");
    add("variance=0.99");
    clipped(5);
    clipped(20);
    ofWindows(1, 8);
  }

  private void ofEnsemble() {
    add("combine=minimum");
    add("combine=mean");
  }

  private void ofSequences() {
    add("window=8");
    add("window=32");
    add("masking=0.3");
    add("layers=2");
  }

  private void ofWindows(int... windows) {
    for (int window : windows) {
      String setting = "window=" + window;
      candidates.add(
          new Candidate(family, setting, size -> List.of(setting), FeatureSelection.ALL, true));
    }
  }

  private void clipped(double clip) {
    FeatureSelection scaling = new FeatureSelection(null, null, null, null, null, clip, null);
    candidates.add(
        new Candidate(family, "features.clip=" + clip, size -> List.of(), scaling, false));
  }

  private void add(String setting) {
    add(setting, size -> setting.equals(Candidate.DEFAULTS) ? List.of() : List.of(setting));
  }

  private void add(String name, Function<Candidate.Size, List<String>> settings) {
    candidates.add(new Candidate(family, name, settings, FeatureSelection.ALL, false));
  }

  private static String layers(Candidate.Size size, IntUnaryOperator code) {
    List<Integer> widths = AutoencoderConfig.DEFAULT.hiddenLayers(size.columns());
    return "hiddenLayers=" + List.of(widths.get(0), widths.get(1), code.applyAsInt(widths.get(2)));
  }

  private static int cells(int wanted, int most) {
    return Math.max(16, Math.min(most, wanted));
  }

  private static List<String> epochs(NetworkTraining usual, int times) {
    return List.of("epochs=" + times * usual.epochs(), "patience=" + times * usual.patience());
  }
}
