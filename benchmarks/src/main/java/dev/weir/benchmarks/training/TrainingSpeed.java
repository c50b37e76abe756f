package dev.weir.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.made.WorkFolder;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.ModelFitter;
import dev.weir.trainer.network.EpochReport;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows a second of our autoencoder beside scikit-learn's {@code MLPRegressor} and PyTorch in
 * Python: the same rows, layers, activation, batch size and epochs, in turn in the same run. Theirs
 * are trained with as many threads as they take by themselves, and on one; ours on one.
 *
 * <p>Where there is none of them, ours is measured alone.
 *
 * <p>Ours is the mean over a training's epochs of what each took, which has the validation of a few
 * rows and the copying of the best weights in it; theirs is all of {@code fit}, or of the loop. Of
 * several rounds, after one that does not count, the median counts. The code is linear on our side;
 * scikit-learn's and PyTorch's have one activation for all layers.
 */
public final class TrainingSpeed {
  private static final int VALIDATION_ROWS = 256;
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final List<String> USUAL_PYTHONS = List.of("python3", "/usr/bin/python3");

  private final TrainingShape shape;
  private final List<String> interpreters;
  private final boolean required;
  private final PrintWriter out;

  /**
   * Sets a comparison up.
   *
   * @param interpreters Pythons to look for the libraries in
   * @param required whether it is an error if none has scikit-learn
   */
  public TrainingSpeed(
      TrainingShape shape, List<String> interpreters, boolean required, PrintWriter out) {
    this.shape = shape;
    this.interpreters = List.copyOf(interpreters);
    this.required = required;
    this.out = out;
  }

  /**
   * Trains all in turn and prints how fast they were.
   *
   * @return the figures as JSON
   * @throws dev.weir.model.error.InvalidInputException if scikit-learn is required and no
   *     interpreter has it
   */
  public String run(int rounds) {
    try (WorkFolder work = new WorkFolder()) {
      return run(rounds, work.path());
    } catch (IOException e) {
      throw new OperationFailedException("cannot write temporary files: " + e, e);
    }
  }

  private String run(int rounds, Path folder) throws IOException {
    List<Rival> rivals = rivals(folder);
    Rows all = CurvedRows.of(shape.rows() + VALIDATION_ROWS, shape.features());
    TimeSplit split =
        new TimeSplit(
            Samples.of(all.slice(0, shape.rows())),
            Samples.of(all.slice(shape.rows(), all.count())),
            Samples.of(all.slice(shape.rows(), all.count())));
    Preprocessor preprocessor =
        new PreprocessorFitter(
                split.training(),
                FeatureSelection.ALL.scaling(),
                FeatureSelection.ALL.clip(),
                FeatureSelection.ALL.missingIndicators())
            .fit(
                FeatureSpec.numeric(
                    IntStream.range(0, shape.features()).mapToObj(j -> "f" + j).toList()));
    Path file = folder.resolve("rows.f32");
    CurvedRows.write(all.slice(0, shape.rows()), file);
    out.printf(
        Locale.ROOT,
        "%,d rows of %d values, hidden layers %s, tanh, batches of %d, %d epochs, %d cores%n",
        shape.rows(),
        shape.features(),
        shape.hiddenLayers(),
        shape.batchSize(),
        shape.epochs(),
        CORES);
    List<Double> ours = new ArrayList<>();
    // The first training in a JVM is interpreted for a good part; a real one runs for longer.
    for (int round = 0; round <= rounds; round++) {
      boolean counts = round > 0;
      double rate = trainOurs(preprocessor, split);
      if (counts) {
        ours.add(rate);
      }
      line(round, "weir", rate);
      for (Rival rival : rivals) {
        double theirs = rival.train(shape, file, counts);
        line(round, rival.title(), theirs);
      }
    }
    return report(ours, rivals);
  }

  private void line(int round, String title, double rate) {
    out.printf(
        Locale.ROOT,
        "%s  %-46s %,10.0f rows/s%n",
        round > 0 ? "round " + round : "warm-up",
        title,
        rate);
    out.flush();
  }

  private List<Rival> rivals(Path folder) {
    List<Rival> rivals = new ArrayList<>();
    for (PythonLibrary library : PythonLibrary.values()) {
      boolean needed = required && library == PythonLibrary.SCIKIT_LEARN;
      try {
        PythonTrainer trainer = PythonTrainer.find(library, candidates(needed), folder);
        rivals.add(new Rival(trainer, false));
        rivals.add(new Rival(trainer, true));
      } catch (InvalidInputException e) {
        if (needed) {
          throw e;
        }
        out.println("not compared with " + library.title() + ": " + e.getMessage());
      }
    }
    return rivals;
  }

  /** One that was named has to have what is needed; for what is not, others are looked at, too. */
  private List<String> candidates(boolean needed) {
    return needed
        ? interpreters
        : Stream.concat(interpreters.stream(), required ? USUAL_PYTHONS.stream() : Stream.empty())
            .distinct()
            .toList();
  }

  private double trainOurs(Preprocessor preprocessor, TimeSplit split) {
    List<EpochReport> epochs =
        ModelFitter.of(shape.autoencoder(), TrainingProgress.SILENT)
            .fit(preprocessor, split)
            .epochs();
    double seconds = epochs.stream().mapToDouble(epoch -> epoch.took().toNanos() / 1e9).sum();
    return epochs.stream().mapToLong(EpochReport::rows).sum() / seconds;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private String report(List<Double> ours, List<Rival> rivals) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("training_rows", shape.rows());
    node.put("training_features", shape.features());
    node.put("training_hidden_layers", shape.hiddenLayers().toString());
    node.put("training_batch_size", shape.batchSize());
    node.put("training_epochs", shape.epochs());
    node.put("cores", CORES);
    node.put("training_weir_rows_per_second", median(ours));
    out.printf(
        Locale.ROOT,
        "%n%-46s  rows/s, median%s%n",
        "",
        rivals.isEmpty() ? "" : "  weir is so many times as fast");
    out.printf(Locale.ROOT, "%-46s  %,14.0f%n", "weir", median(ours));
    for (Rival rival : rivals) {
      double theirs = median(rival.rates());
      double ratio = median(ours) / theirs;
      out.printf(Locale.ROOT, "%-46s  %,14.0f  %.2f%n", rival.title(), theirs, ratio);
      node.put("training_" + rival.key() + "_rows_per_second", theirs);
      node.put("training_ratio_" + rival.key(), ratio);
      node.put("training_" + rival.key() + "_version", rival.title());
    }
    out.flush();
    return node.toPrettyString() + "\n";
  }
}
