package dev.weir.benchmarks.command;

import dev.weir.benchmarks.jmh.Microbenchmarks;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir benchmark jmh}: what does each step of a record cost? */
@Command(
    name = "jmh",
    description = {
      "Measures the steps of a record one by one, each in a process of its own: nanoseconds, and"
          + " bytes allocated.",
      "There are readAvro, readJson, encode, fill, readEncodeFill, infer (with batches of 1 to"
          + " 4096), calibrate and alert."
    })
public final class JmhCommand extends FiguresCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILTER",
      defaultValue = "",
      description = "Those whose names have this regular expression; all if not given.")
  private String filter;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes for each, one after the other.")
  private int forks;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      defaultValue = "3",
      description = "Iterations that do not count.")
  private int warmUps;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "5",
      description = "Iterations that count.")
  private int iterations;

  @Option(
      names = "--millis",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Milliseconds of each iteration.")
  private int millis;

  @Option(names = "--log", description = "Show the harness's own output, too.")
  private boolean log;

  @Override
  String measure(PrintWriter out) {
    atLeast("--forks", forks, 1);
    atLeast("--warm-ups", warmUps, 0);
    atLeast("--iterations", iterations, 1);
    atLeast("--millis", millis, 1);
    try {
      Pattern.compile(filter);
    } catch (PatternSyntaxException e) {
      throw refuse("FILTER '" + filter + "' is not a regular expression: " + e.getDescription(), e);
    }
    return new Microbenchmarks(
            new Microbenchmarks.Effort(forks, warmUps, iterations, millis, log), out)
        .run(filter);
  }
}
