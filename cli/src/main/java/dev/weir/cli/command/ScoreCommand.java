package dev.weir.cli.command;

import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.PipelineStatus;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.ScorerEndpoint;
import dev.weir.scorer.config.ScorerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir score}: the Kafka Streams application, until it is stopped. */
@Command(
    name = "score",
    description = "Scores a topic's records and publishes alerts, until it is stopped.",
    mixinStandardHelpOptions = true)
public final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private HealthOptions health;

  @Option(
      names = "--await-model",
      converter = DurationConverter.class,
      defaultValue = "0ms",
      paramLabel = "TIME",
      description =
          "How long to wait for a bundle where model.path is, if there is none yet; not at all if"
              + " not given. Until then /health/ready says that it waits.")
  private Duration awaitModel;

  @Override
  @SuppressWarnings("try") // the file is there while this runs
  public Integer call() throws InterruptedException {
    ScorerConfig settings = ConfigReader.read(config.file(), config.settings(), ScorerConfig.class);
    PrintWriter console = spec.commandLine().getOut();
    try (ScorerEndpoint endpoint = ScorerEndpoint.open(settings);
        HealthFile unused = health.say(endpoint::readiness)) {
      if (awaitModel.toMillis() > 0) {
        awaitModels(settings, endpoint, console);
      }
      return score(settings, endpoint, console);
    }
  }

  private void awaitModels(ScorerConfig settings, ScorerEndpoint endpoint, PrintWriter console)
      throws InterruptedException {
    List<Path> bundles =
        settings.pipelines().stream().map(each -> Path.of(each.model().path())).toList();
    ModelWait.await(
        bundles,
        awaitModel,
        missing -> {
          endpoint.awaiting(missing.toString());
          console.println(
              "weir score: waiting for a model in "
                  + missing
                  + "; ready? "
                  + address(settings, endpoint.port())
                  + "/health/ready");
          console.flush();
        });
  }

  private static int score(ScorerConfig settings, ScorerEndpoint endpoint, PrintWriter console)
      throws InterruptedException {
    try (ScorerApplication application = ScorerApplication.start(settings, endpoint)) {
      Shutdown.onSignal(application::close);
      String address = address(settings, application.httpPort());
      for (PipelineStatus pipeline : application.pipelines()) {
        console.println(
            "weir score: "
                + pipeline.input()
                + " → "
                + pipeline.alertsTopic()
                + ", model "
                + pipeline.model().name()
                + " "
                + pipeline.model().version());
      }
      console.println(
          "  console "
              + address
              + "/, metrics "
              + address
              + "/metrics, ready? "
              + address
              + "/health/ready");
      console.flush();
      application.awaitStop();
    }
    return 0;
  }

  private static String address(ScorerConfig settings, int port) {
    return settings.http().scheme() + "://" + settings.http().host() + ":" + port;
  }
}
