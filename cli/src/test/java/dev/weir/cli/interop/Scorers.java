package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.config.ConfigReader;
import dev.weir.scorer.ScorerApplication;
import dev.weir.scorer.config.ScorerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts scorers as {@code weir score} does. */
final class Scorers {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Scorers() {}

  /** Starts one on a topic, whose name it has, too; {@code more} are settings as key=value. */
  static ScorerApplication start(
      EmbeddedBroker broker,
      String registryUrl,
      Bundle bundle,
      Path folder,
      String topic,
      String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "applicationId=" + topic,
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "kafka.state.dir=" + folder.resolve("state"),
                "input.topic=" + topic,
                "model.path=" + bundle.folder(),
                "output.createTopics=true",
                "schemaRegistry.schema.registry.url=" + registryUrl,
                "http.port=0"));
    settings.addAll(List.of(more));
    return ScorerApplication.start(ConfigReader.of(settings, ScorerConfig.class));
  }

  /** Waits until so many records are scored or rejected. */
  static void awaitSeen(ScorerApplication scorer, long records) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (scorer.recordsSeen() < records && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(scorer.recordsSeen()).as("records scored or rejected").isEqualTo(records);
  }
}
