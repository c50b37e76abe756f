package dev.weir.benchmarks.command;

import dev.weir.benchmarks.start.StartTimes;
import dev.weir.benchmarks.start.StartTimes.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir benchmark start}: how long until it scores? */
@Command(
    name = "start",
    description = {
      "Starts 'weir score' until it is ready, and 'weir demo' until its first alert, with an"
          + " archive of classes (class-data sharing) and without, in turn."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each starts after a first time; the median counts.")
  private int rounds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "score,demo",
      description = "Which: ${COMPLETION-CANDIDATES}.")
  private List<Program> programs;

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      defaultValue = "${sys:weir.launcher:-bin/weir}",
      description = "The script that starts Weir.")
  private Path launcher;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as JSON.")
  private Path json;

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is " + rounds + ", but must be 1 or more");
    }
    String figures = new StartTimes(launcher, programs, spec.commandLine().getOut()).run(rounds);
    if (json != null) {
      JsonFile.write(json, figures);
    }
    return 0;
  }
}
