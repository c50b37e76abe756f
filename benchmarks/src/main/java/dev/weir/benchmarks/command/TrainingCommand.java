package dev.weir.benchmarks.command;

import dev.weir.benchmarks.training.TrainingShape;
import dev.weir.benchmarks.training.TrainingSpeed;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir benchmark training}: how fast does the trainer train? */
@Command(
    name = "training",
    description = {
      "Trains an autoencoder, and the same network in scikit-learn (MLPRegressor) and PyTorch in"
          + " Python with the same layers, activation, batch size and epochs, in turn, and compares"
          + " rows a second. Theirs are trained with as many threads as they take by themselves,"
          + " and then on one.",
      "Needs a Python with them (Debian: apt-get install python3-sklearn libopenblas0-pthread"
          + " python3-torch); what is not there is left out."
    })
public final class TrainingCommand extends FiguresCommand {
  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Rows to train on.")
  private int rows;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "38",
      description = "Values a row.")
  private int features;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      defaultValue = "64,32,8",
      description = "The encoder's layers; the decoder mirrors them.")
  private List<Integer> layers;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "256",
      description = "Rows a gradient step.")
  private int batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Passes over the rows.")
  private int epochs;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is trained after a first time; the median counts.")
  private int rounds;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      defaultValue = "python3,/usr/bin/python3",
      split = ",",
      description = "Where to look for them. If named, scikit-learn has to be there.")
  private List<String> python;

  @Override
  String measure(PrintWriter out) {
    atLeast("--rounds", rounds, 1);
    TrainingShape shape = shape();
    boolean named = isGiven("--python");
    return new TrainingSpeed(shape, python, named, out).run(rounds);
  }

  private TrainingShape shape() {
    try {
      return new TrainingShape(rows, features, layers, batch, epochs);
    } catch (IllegalArgumentException e) {
      throw refuse(e.getMessage(), e);
    }
  }
}
