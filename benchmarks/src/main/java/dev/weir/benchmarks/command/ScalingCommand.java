package dev.weir.benchmarks.command;

import dev.weir.benchmarks.scaling.Axis;
import dev.weir.benchmarks.scaling.Scaling;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir benchmark scaling}: what does more work cost? */
@Command(
    name = "scaling",
    description = {
      "Measures what scoring costs as features, windows, keys, models, partitions and instances"
          + " grow, one after the other, and the law that it follows.",
      "Leaves a folder with the figures as JSON, plots as SVG, and a page in Markdown that ends"
          + " with a guide to sizes."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ScalingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "features,window,keys,models,partitions,instances",
      description = "What grows: ${COMPLETION-CANDIDATES}.")
  private List<Axis> axes;

  @Option(names = "--quick", description = "Few sizes, and none that takes long.")
  private boolean quick;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "2000000",
      description =
          "For each size; fewer of wide records and long windows, more of very many keys.")
  private int records;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each size is measured; the median counts.")
  private int rounds;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "scaling",
      description = "Where the results go.")
  private Path folder;

  @Override
  public Integer call() {
    new Scaling(new Scaling.Plan(axes, quick, records, rounds), spec.commandLine().getOut())
        .run(folder);
    return 0;
  }
}
