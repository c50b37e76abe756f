package dev.weir.cli;

import dev.weir.cli.command.ScoreCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line of the scorer's image: {@code weir score}, and nothing that needs the trainer,
 * PyTorch or a broker, none of which are there.
 */
@Command(
    name = "weir",
    description = "Scores Kafka topics. The other commands of weir are in the trainer's image.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ScoreCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true,
    version = "Weir 0.1.0")
public final class WeirScorer extends Program {
  private WeirScorer() {}

  public static void main(String[] arguments) {
    System.exit(new WeirScorer().execute(arguments));
  }
}
