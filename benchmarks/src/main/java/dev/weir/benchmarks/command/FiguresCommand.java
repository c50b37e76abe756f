package dev.weir.benchmarks.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A benchmark that prints what it measures, and leaves it as JSON where it is told to. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
abstract class FiguresCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as JSON.")
  private Path json;

  /**
   * Measures.
   *
   * @param out takes what is to be read meanwhile
   * @return the figures as JSON
   */
  abstract String measure(PrintWriter out);

  /** Whether a part of what was asked for could not be measured. */
  boolean hasFailures() {
    return false;
  }

  @Override
  public final Integer call() {
    if (json != null) {
      JsonFile.check(json);
    }
    String figures = measure(spec.commandLine().getOut());
    if (json != null) {
      JsonFile.write(json, figures);
    }
    return hasFailures() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** Whether an option was given and has not its default. */
  final boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Refuses a number that is too small. */
  final void atLeast(String option, int value, int least) {
    if (value < least) {
      throw refuse(option + " is " + value + ", but must be " + least + " or more", null);
    }
  }

  /** What to throw if an option's value cannot be used. */
  final ParameterException refuse(String message, Exception cause) {
    return new ParameterException(spec.commandLine(), message, cause);
  }
}
