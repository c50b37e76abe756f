package dev.weir.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows a second of our autoencoder beside scikit-learn's {@code MLPRegressor}: the same rows,
 * layers, activation, batch size and epochs, one thread each, in turn in the same run.
 *
 * <p>Where there is no scikit-learn, ours is measured alone.
 *
 * <p>Ours is the mean over a training's epochs of what each took, which has the validation of a few
 * rows and the copying of the best weights in it; theirs is all of {@code fit}. Of several rounds,
 * after one that does not count, the median counts. The code is linear on our side; theirs knows
 * one activation for all layers.
 */
public final class TrainingSpeed {
  private static final int VALIDATION_ROWS = 256;
  private static final int LATENT = 4;

  private final TrainingShape shape;
  private final List<String> interpreters;
  private final boolean required;
  private final PrintWriter out;

  /**
   * Sets a comparison up.
   *
   * @param interpreters Pythons to look for scikit-learn in
   * @param required whether it is an error if none has it; otherwise ours is measured alone
   */
  public TrainingSpeed(
      TrainingShape shape, List<String> interpreters, boolean required, PrintWriter out) {
    this.shape = shape;
    this.interpreters = List.copyOf(interpreters);
    this.required = required;
    this.out = out;
  }

  /**
   * Trains both in turn and prints how fast they were.
   *
   * @return the figures as JSON
   * @throws dev.weir.model.error.InvalidInputException if scikit-learn is required and no
   *     interpreter has it
   */
  public String run(int rounds) {
    try {
      Path folder = Files.createTempDirectory("weir-benchmark");
      try {
        return run(rounds, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new OperationFailedException("cannot write temporary files: " + e, e);
    }
  }

  private String run(int rounds, Path folder) throws IOException {
    Optional<ScikitLearn> scikitLearn = scikitLearn(folder);
    float[] values = values(shape.rows() + VALIDATION_ROWS, shape.features());
    Rows all = Rows.of(values, shape.features());
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
    write(all.slice(0, shape.rows()), file);
    out.printf(
        Locale.ROOT,
        "%,d rows of %d values, hidden layers %s, tanh, batches of %d, %d epochs, one thread%n",
        shape.rows(),
        shape.features(),
        shape.hiddenLayers(),
        shape.batchSize(),
        shape.epochs());
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    Optional<ScikitLearn.Training> last = Optional.empty();
    // The first training in a JVM is interpreted for a good part; a real one runs for longer.
    for (int round = 0; round <= rounds; round++) {
      double rate = trainOurs(preprocessor, split);
      last = scikitLearn.map(each -> each.train(shape, file));
      if (round > 0) {
        ours.add(rate);
        last.ifPresent(each -> theirs.add((double) shape.rows() * each.epochs() / each.seconds()));
        out.printf(
            Locale.ROOT, "round %d: weir %,.0f rows/s%s%n", round, rate, beside(last, theirs));
        out.flush();
      }
    }
    return report(ours, theirs, last);
  }

  private Optional<ScikitLearn> scikitLearn(Path folder) {
    try {
      return Optional.of(ScikitLearn.find(interpreters, folder));
    } catch (InvalidInputException e) {
      if (required) {
        throw e;
      }
      out.println("Weir is measured alone: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String beside(Optional<ScikitLearn.Training> last, List<Double> theirs) {
    return last.map(
            each ->
                String.format(
                    Locale.ROOT,
                    ", scikit-learn %s (%s) %,.0f rows/s",
                    each.version(),
                    each.blas(),
                    theirs.get(theirs.size() - 1)))
        .orElse("");
  }

  private double trainOurs(Preprocessor preprocessor, TimeSplit split) {
    List<EpochReport> epochs =
        ModelFitter.of(shape.autoencoder(), TrainingProgress.SILENT)
            .fit(preprocessor, split)
            .epochs();
    double seconds = epochs.stream().mapToDouble(epoch -> epoch.took().toNanos() / 1e9).sum();
    return epochs.stream().mapToLong(EpochReport::rows).sum() / seconds;
  }

  /** Rows near a curved surface of few dimensions, so that there is something to learn. */
  private static float[] values(int rows, int features) {
    SplittableRandom random = new SplittableRandom(1);
    double[] mixing = random.doubles((long) features * LATENT, -1, 1).toArray();
    float[] values = new float[rows * features];
    double[] latent = new double[LATENT];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < LATENT; k++) {
        latent[k] = random.nextDouble(-3, 3);
      }
      for (int j = 0; j < features; j++) {
        double sum = random.nextDouble(-0.1, 0.1);
        for (int k = 0; k < LATENT; k++) {
          sum += Math.sin(latent[k]) * mixing[j * LATENT + k];
        }
        values[i * features + j] = (float) sum;
      }
    }
    return values;
  }

  private static void write(Rows rows, Path file) throws IOException {
    float[] values = rows.copy();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private String report(
      List<Double> ours, List<Double> theirs, Optional<ScikitLearn.Training> last) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("training_rows", shape.rows());
    node.put("training_features", shape.features());
    node.put("training_hidden_layers", shape.hiddenLayers().toString());
    node.put("training_batch_size", shape.batchSize());
    node.put("training_epochs", shape.epochs());
    node.put("training_weir_rows_per_second", median(ours));
    node.put("cores", Runtime.getRuntime().availableProcessors());
    if (last.isEmpty()) {
      out.printf(Locale.ROOT, "median: weir %,.0f rows/s%n", median(ours));
    } else {
      double ratio = median(ours) / median(theirs);
      out.printf(
          Locale.ROOT,
          "median: weir %,.0f rows/s, scikit-learn %,.0f rows/s; weir is %.2f times as fast%n",
          median(ours),
          median(theirs),
          ratio);
      node.put("training_scikit_learn_rows_per_second", median(theirs));
      node.put("training_ratio", ratio);
      node.put("training_scikit_learn_version", last.get().version());
      node.put("training_scikit_learn_blas", last.get().blas());
    }
    return node.toPrettyString() + "\n";
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
