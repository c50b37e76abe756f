package dev.weir.cli;

import dev.weir.cli.console.ErrorReport;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** A set of commands: parses a command line, and turns what went wrong into an exit code. */
abstract class Program {
  private static final String LOG_LEVEL = "weir.log.level";
  private static final String SCORER_LOG_LEVEL = "weir.scorer.log.level";

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and print stack traces.")
  private boolean verbose;

  /** Runs one command line on the process's own streams, and gives its exit code. */
  final int execute(String... arguments) {
    Charset charset = Charset.defaultCharset();
    return execute(
        new PrintWriter(System.out, true, charset),
        new PrintWriter(System.err, true, charset),
        arguments);
  }

  /**
   * Runs one command line.
   *
   * @param out takes what the command has to say
   * @param err takes what went wrong
   * @return the exit code
   */
  final int execute(PrintWriter out, PrintWriter err, String... arguments) {
    setLogLevels(Arrays.asList(arguments));
    CommandLine commandLine = new CommandLine(this);
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> ErrorReport.print(e, verbose, command.getErr()));
    if (arguments.length == 0) {
      commandLine.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    try {
      return commandLine.execute(arguments);
    } catch (Error e) {
      // picocli hands on exceptions only.
      return ErrorReport.print(e, verbose, err);
    }
  }

  /** To be called before the first logger is made. A scorer is a service, and says what it does. */
  private static void setLogLevels(List<String> arguments) {
    if (arguments.contains("--verbose")) {
      System.setProperty(LOG_LEVEL, "INFO");
    }
    if (arguments.contains("score")) {
      System.setProperty(SCORER_LOG_LEVEL, "INFO");
    }
  }
}
