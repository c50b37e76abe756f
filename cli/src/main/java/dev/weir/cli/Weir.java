package dev.weir.cli;

import dev.weir.cli.command.AlertsCommand;
import dev.weir.cli.command.CompareCommand;
import dev.weir.cli.command.DemoCommand;
import dev.weir.cli.command.EvaluateCommand;
import dev.weir.cli.command.InspectCommand;
import dev.weir.cli.command.ReplayCommand;
import dev.weir.cli.command.ScoreCommand;
import dev.weir.cli.command.SimulateCommand;
import dev.weir.cli.command.TrainCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: all of Weir's commands. */
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
      SimulateCommand.class,
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
public final class Weir extends Program {
  private Weir() {}

  public static void main(String[] arguments) {
    System.exit(new Weir().execute(arguments));
  }

  /** Runs one command line, and gives its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new Weir().execute(out, err, arguments);
  }
}
