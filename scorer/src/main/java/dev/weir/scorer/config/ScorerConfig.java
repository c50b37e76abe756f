package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scorer's whole config.
 *
 * <p>A single pipeline may stand at the top, without a list: {@code input}, {@code model}, {@code
 * output}, {@code alerts}, {@code batch}, {@code drift} and {@code shadow}. It is called as the
 * application then. After construction it is in {@code pipelines}, too.
 *
 * @param applicationId the same on all instances that share the work
 * @param kafka settings of Kafka Streams and its clients; {@code bootstrap.servers} at least
 * @param input what is scored
 * @param model what scores it
 * @param output where the results go
 * @param schemaRegistry settings of the registry's client; {@code schema.registry.url} at least
 * @param alerts from where on there is one
 * @param batch how records are taken together
 * @param drift how records are compared with those of the training
 * @param shadow a model on trial beside the live one
 * @param pipelines several of them, with names of their own
 * @param state how what is remembered of keys is kept
 * @param errors what to do when something goes wrong with a record
 * @param threads stream threads; the parallelism within one instance
 * @param http where metrics and health are served
 */
public record ScorerConfig(
    String applicationId,
    Map<String, String> kafka,
    InputConfig input,
    ModelConfig model,
    OutputConfig output,
    Map<String, String> schemaRegistry,
    AlertConfig alerts,
    BatchConfig batch,
    DriftConfig drift,
    ShadowConfig shadow,
    List<PipelineConfig> pipelines,
    StateConfig state,
    ErrorConfig errors,
    Integer threads,
    HttpConfig http) {

  public ScorerConfig {
    Check.present("applicationId", applicationId, "names the scorer, for example 'weir-metrics'");
    kafka =
        Map.copyOf(Check.present("kafka", kafka, "Kafka's settings, bootstrap.servers at least"));
    Check.present(
        "kafka.bootstrap.servers", kafka.get("bootstrap.servers"), "for example localhost:9092");
    if (pipelines == null) {
      Check.present("input", input, "the topic to score; or 'pipelines', a list of several");
      Check.present("model", model, "the bundle to score with");
      pipelines =
          List.of(
              new PipelineConfig(
                  applicationId, input, model, output, alerts, batch, drift, shadow));
    } else {
      requireNoneBeside(input, model, output, alerts, batch, drift, shadow);
      Check.present("pipelines", pipelines, "name a pipeline at least, or leave the list out");
      pipelines = List.copyOf(pipelines);
    }
    Check.present("schemaRegistry", schemaRegistry, "settings of the Schema Registry's client");
    schemaRegistry = Map.copyOf(schemaRegistry);
    Check.present(
        "schemaRegistry.schema.registry.url",
        schemaRegistry.get("schema.registry.url"),
        "for example http://localhost:8081, or mock://weir to try Weir out without a registry");
    state = Check.orElse(state, StateConfig.DEFAULT);
    errors = Check.orElse(errors, ErrorConfig.DEFAULT);
    if (errors.production() == ErrorConfig.Production.SKIP
        && !"at_least_once".equals(kafka.get("processing.guarantee"))) {
      throw Check.refuse(
          "errors.production",
          "is 'skip', but a transaction cannot leave a part out; set"
              + " kafka.processing.guarantee: at_least_once, too, or take 'retry' or 'fail'");
    }
    threads = Check.atLeast("threads", Check.orElse(threads, 1), 1);
    http = Check.orElse(http, HttpConfig.DEFAULT);
    requireDistinct(pipelines);
    requireNoneHalfShared(pipelines);
    requireNotItsOwn(applicationId, pipelines);
  }

  private static void requireNoneBeside(
      InputConfig input,
      ModelConfig model,
      OutputConfig output,
      AlertConfig alerts,
      BatchConfig batch,
      DriftConfig drift,
      ShadowConfig shadow) {
    Map<String, Object> beside = new HashMap<>();
    beside.put("input", input);
    beside.put("model", model);
    beside.put("output", output);
    beside.put("alerts", alerts);
    beside.put("batch", batch);
    beside.put("drift", drift);
    beside.put("shadow", shadow);
    beside.forEach(
        (key, value) -> {
          if (value != null) {
            throw Check.refuse(key, "stands beside 'pipelines'; it belongs to each of them");
          }
        });
  }

  /** No two pipelines may be mixed up, nor write over each other, nor read each other's output. */
  private static void requireDistinct(List<PipelineConfig> pipelines) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> writers = new HashMap<>();
    for (PipelineConfig pipeline : pipelines) {
      if (names.put(pipeline.name(), pipeline.name()) != null) {
        throw Check.refuse("pipelines", "has two that are called '" + pipeline.name() + "'");
      }
      for (String topic : pipeline.outputs().values()) {
        String other = writers.putIfAbsent(topic, pipeline.name());
        if (other != null && !other.equals(pipeline.name())) {
          throw Check.refuse(
              "pipelines",
              "has two, '"
                  + other
                  + "' and '"
                  + pipeline.name()
                  + "', that write to "
                  + topic
                  + "; give one of them another 'output'");
        }
      }
    }
    for (PipelineConfig reader : pipelines) {
      writers.forEach(
          (topic, writer) -> {
            if (reader.input().reads(topic)) {
              throw Check.refuse(
                  "pipelines",
                  "has '"
                      + reader.name()
                      + "', which reads "
                      + topic
                      + ", which '"
                      + writer
                      + "' writes");
            }
          });
    }
  }

  /**
   * Kafka Streams reads a topic once: pipelines read all of the same topics in one way, or none.
   */
  private static void requireNoneHalfShared(List<PipelineConfig> pipelines) {
    for (int i = 0; i < pipelines.size(); i++) {
      for (int j = 0; j < i; j++) {
        InputConfig one = pipelines.get(j).input();
        InputConfig other = pipelines.get(i).input();
        if (one.overlaps(other) && !one.isReadAs(other)) {
          throw Check.refuse(
              "pipelines",
              "has two, '"
                  + pipelines.get(j).name()
                  + "' and '"
                  + pipelines.get(i).name()
                  + "', that read some of the same topics, but not all of them with the same"
                  + " 'startFrom' and 'clockTolerance'; make their inputs alike, or have them in"
                  + " applications of their own");
        }
      }
    }
  }

  /** A pattern must not take in the topics that Kafka Streams keeps for the application. */
  private static void requireNotItsOwn(String applicationId, List<PipelineConfig> pipelines) {
    for (PipelineConfig pipeline : pipelines) {
      for (String kind : List.of("changelog", "repartition")) {
        String internal = applicationId + "-state-" + kind;
        if (pipeline.input().reads(internal)) {
          throw Check.refuse(
              "input.pattern",
              "matches topics of the application's own, such as "
                  + internal
                  + "; make it narrower");
        }
      }
    }
  }

  /** Whether the pipelines stand in a list, with names of their own. */
  public boolean isList() {
    return input == null;
  }

  public String bootstrapServers() {
    return kafka.get("bootstrap.servers");
  }
}
