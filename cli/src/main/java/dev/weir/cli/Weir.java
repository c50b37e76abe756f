package dev.weir.cli;

import dev.weir.cli.command.AlertsCommand;
import dev.weir.cli.command.CompareCommand;
import dev.weir.cli.command.DemoCommand;
import dev.weir.cli.command.EvaluateCommand;
import dev.weir.cli.command.InspectCommand;
import dev.weir.cli.command.ReplayCommand;
import dev.weir.cli.command.ScoreCommand;
import dev.weir.cli.command.TrainCommand;
import dev.weir.cli.console.ErrorReport;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: parses it, runs a command, and turns what went wrong into an exit code. */
@Command(
    name = "weir",
    description =
        "Finds anomalies in Kafka topics. Learns what is normal from history; needs no labels.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      ScoreCommand.class,
      AlertsCommand.class,
      ReplayCommand.class,
      EvaluateCommand.class,
      InspectCommand.class,
      CompareCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "Weir 0.1.0",
    footer = {"", "How good and how fast Weir is: weir benchmark --help"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:Weir failed at something that was rightly asked of it",
      "2:the command line, a config, a file or a bundle has to be changed"
    })
public final class Weir {
  private static final String LOG_LEVEL = "weir.log.level";
  private static final String SCORER_LOG_LEVEL = "weir.scorer.log.level";

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens, and print stack traces.")
  private boolean verbose;

  private Weir() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command line, and gives its exit code. */
  static int run(String... arguments) {
    Charset charset = Charset.defaultCharset();
    return run(
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
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    setLogLevels(Arrays.asList(arguments));
    Weir weir = new Weir();
    CommandLine commandLine = new CommandLine(weir);
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> ErrorReport.print(e, weir.verbose, command.getErr()));
    if (arguments.length == 0) {
      commandLine.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    try {
      return commandLine.execute(arguments);
    } catch (Error e) {
      // picocli hands on exceptions only.
      return ErrorReport.print(e, weir.verbose, err);
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
