package dev.weir.cli.command;

import dev.weir.cli.inspect.BundleDescription;
import dev.weir.model.bundle.Bundle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir inspect}: what is in a bundle? */
@Command(
    name = "inspect",
    description = {
      "Prints what a bundle holds.",
      "Features, calibration, threshold, the highest-scoring training rows, settings and"
          + " provenance: the figures of its report."
    },
    mixinStandardHelpOptions = true)
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BUNDLE", description = "The bundle's folder.")
  private Path folder;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Bundle bundle = Bundle.open(folder);
    PrintWriter console = spec.commandLine().getOut();
    if (json) {
      console.println(BundleDescription.json(bundle));
    } else {
      console.print(BundleDescription.text(bundle));
    }
    console.flush();
    return 0;
  }
}
