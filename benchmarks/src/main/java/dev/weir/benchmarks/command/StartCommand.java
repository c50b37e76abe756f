package dev.weir.benchmarks.command;

import dev.weir.benchmarks.start.StartTimes;
import dev.weir.benchmarks.start.StartTimes.Program;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir benchmark start}: how long until it scores? */
@Command(
    name = "start",
    description = {
      "Starts 'weir score' until it is ready, and 'weir demo' until its first alert, with an"
          + " archive of classes (class-data sharing) and without, in turn."
    })
public final class StartCommand extends FiguresCommand {
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

  @Override
  String measure(PrintWriter out) {
    atLeast("--rounds", rounds, 1);
    return new StartTimes(launcher, programs, out).run(rounds);
  }
}
