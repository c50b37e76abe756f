package dev.weir.cli.command;

import dev.weir.cli.topic.Cluster;
import dev.weir.model.config.ConfigReader;
import dev.weir.model.error.InvalidInputException;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where Kafka and the registry are: as a scorer's config says, or option by option. */
final class ClusterOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A scorer's config: where Kafka and the registry are, topics and settings.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key over --config; may be given several times.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "Which of the config's pipelines, if there are several.")
  private String pipeline;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka's bootstrap servers, instead of those of --config.")
  private String bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "The schema registry, instead of that of --config.")
  private String registry;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "One more setting of Kafka's clients; may be given several times.")
  private Map<String, String> kafka = new LinkedHashMap<>();

  private ScorerConfig read;

  /** What --config says, if it is given. */
  Optional<ScorerConfig> scorer() {
    if (config == null && !settings.isEmpty()) {
      throw new InvalidInputException("--set changes a config; name it with --config");
    }
    if (config != null && read == null) {
      read = ConfigReader.read(config, settings, ScorerConfig.class);
    }
    return Optional.ofNullable(read);
  }

  /** The pipeline of the config, if there is a config. */
  Optional<PipelineConfig> pipeline() {
    Optional<ScorerConfig> all = scorer();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<PipelineConfig> pipelines = all.get().pipelines();
    List<String> names = pipelines.stream().map(PipelineConfig::name).toList();
    if (pipeline == null && pipelines.size() > 1) {
      throw new InvalidInputException(
          "the config has several pipelines: " + names + "; choose one with --pipeline");
    }
    if (pipeline == null) {
      return Optional.of(pipelines.get(0));
    }
    return Optional.of(
        pipelines.stream()
            .filter(one -> one.name().equals(pipeline))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "--pipeline is '" + pipeline + "', but the config has " + names)));
  }

  /** Where both are. */
  Cluster cluster() {
    Map<String, String> clients = new HashMap<>(scorer().map(ScorerConfig::kafka).orElse(Map.of()));
    clients.putAll(kafka);
    if (bootstrap != null) {
      clients.put("bootstrap.servers", bootstrap);
    }
    if (!clients.containsKey("bootstrap.servers")) {
      throw new InvalidInputException(
          "where is Kafka? Name it with --bootstrap HOST:PORT, or a scorer's config with --config");
    }
    Map<String, String> schemas =
        new HashMap<>(scorer().map(ScorerConfig::schemaRegistry).orElse(Map.of()));
    if (registry != null) {
      schemas.put("schema.registry.url", registry);
    }
    if (!schemas.containsKey("schema.registry.url")) {
      throw new InvalidInputException(
          "where is the schema registry? Name it with --registry URL, or a scorer's config with"
              + " --config");
    }
    return new Cluster(clients, schemas);
  }
}
