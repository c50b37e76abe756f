package dev.weir.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where a command that goes on says how it is. */
final class HealthOptions {

  @Option(
      names = "--health-file",
      defaultValue = "${env:" + HealthFile.VARIABLE + "}",
      paramLabel = "FILE",
      description =
          "A file to say in each second how this is, for a health check: the time in seconds since"
              + " 1970, and 'yes' or what is wrong. $"
              + HealthFile.VARIABLE
              + " if not given; none without.")
  private Path file;

  /** A resource that says how this is until it is closed; null, which is one, too, if not asked. */
  HealthFile say(Supplier<String> state) {
    return file == null || file.toString().isEmpty()
        ? null
        : HealthFile.begin(file, state, Clock.systemUTC());
  }
}
