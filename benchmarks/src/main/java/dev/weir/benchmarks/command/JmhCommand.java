package dev.weir.benchmarks.command;

import dev.weir.benchmarks.jmh.Microbenchmarks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir benchmark jmh}: what does each step of a record cost? */
@Command(
    name = "jmh",
    description = {
      "Measures the steps of a record one by one, each in a process of its own: nanoseconds, and"
          + " bytes allocated.",
      "There are readAvro, readJson, encode, fill, readEncodeFill, infer (with batches of 1 to"
          + " 4096), calibrate and alert."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class JmhCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

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

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as JSON.")
  private Path json;

  @Override
  public Integer call() {
    atLeast("--forks", forks, 1);
    atLeast("--warm-ups", warmUps, 0);
    atLeast("--iterations", iterations, 1);
    atLeast("--millis", millis, 1);
    try {
      Pattern.compile(filter);
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(),
          "FILTER '" + filter + "' is not a regular expression: " + e.getDescription(),
          e);
    }
    String figures =
        new Microbenchmarks(
                new Microbenchmarks.Effort(forks, warmUps, iterations, millis, log),
                spec.commandLine().getOut())
            .run(filter);
    if (json != null) {
      JsonFile.write(json, figures);
    }
    return 0;
  }

  private void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + ", but must be " + least + " or more");
    }
  }
}
