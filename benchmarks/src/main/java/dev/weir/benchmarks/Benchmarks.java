package dev.weir.benchmarks;

import dev.weir.benchmarks.command.DefaultsCommand;
import dev.weir.benchmarks.command.JmhCommand;
import dev.weir.benchmarks.command.LatencyCommand;
import dev.weir.benchmarks.command.QualityCommand;
import dev.weir.benchmarks.command.ScalingCommand;
import dev.weir.benchmarks.command.SoakCommand;
import dev.weir.benchmarks.command.StartCommand;
import dev.weir.benchmarks.command.ThroughputCommand;
import dev.weir.benchmarks.command.TrainingCommand;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of the benchmarks. */
@Command(
    name = "weir benchmark",
    description = "Measures how good and how fast Weir is.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QualityCommand.class,
      DefaultsCommand.class,
      TrainingCommand.class,
      ThroughputCommand.class,
      LatencyCommand.class,
      ScalingCommand.class,
      JmhCommand.class,
      SoakCommand.class,
      StartCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "Weir 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a measurement failed",
      "2:the command line, or a file that it names, has to be changed"
    })
public final class Benchmarks {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and print stack traces.")
  private boolean verbose;

  private Benchmarks() {}

  public static void main(String[] arguments) {
    Charset charset = Charset.defaultCharset();
    System.exit(
        run(
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset),
            arguments));
  }

  /**
   * Runs one command line.
   *
   * @param out takes what the command has to say
   * @param err takes what went wrong
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Benchmarks benchmarks = new Benchmarks();
    CommandLine commandLine = new CommandLine(benchmarks);
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> report(e, benchmarks.verbose, err));
    if (arguments.length == 0) {
      commandLine.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(arguments);
  }

  private static int report(Exception e, boolean verbose, PrintWriter err) {
    boolean foreseen = e instanceof InvalidInputException || e instanceof OperationFailedException;
    err.println(
        foreseen
            ? "weir: " + e.getMessage()
            : "weir: an error that should not happen: "
                + e
                + (verbose ? "" : "; run it again with --verbose, and report what it prints"));
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof InvalidInputException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }
}
