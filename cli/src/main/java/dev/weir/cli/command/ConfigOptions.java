package dev.weir.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A config file, and single settings laid over it. */
final class ConfigOptions {
  @Parameters(index = "0", paramLabel = "CONFIG.yaml", description = "The config file.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key over the config file; may be given several times.")
  private List<String> settings = new ArrayList<>();

  Path file() {
    return file;
  }

  List<String> settings() {
    return settings;
  }
}
