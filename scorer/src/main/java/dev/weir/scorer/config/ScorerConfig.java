package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A scorer's whole config.
 *
 * @param applicationId the same on all instances that share the work; in alerts it is the pipeline
 * @param kafka settings of Kafka Streams and its clients; {@code bootstrap.servers} at least
 * @param input what is scored
 * @param model what scores it
 * @param output where the results go
 * @param schemaRegistry settings of the registry's client; {@code schema.registry.url} at least
 * @param alerts from where on there is one
 * @param batch how records are taken together
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
    Integer threads,
    HttpConfig http) {

  public ScorerConfig {
    Check.present("applicationId", applicationId, "names the scorer, for example 'weir-metrics'");
    kafka =
        Map.copyOf(Check.present("kafka", kafka, "Kafka's settings, bootstrap.servers at least"));
    Check.present(
        "kafka.bootstrap.servers", kafka.get("bootstrap.servers"), "for example localhost:9092");
    Check.present("input", input, "the topic to score");
    Check.present("model", model, "the bundle to score with");
    output = Check.orElse(output, new OutputConfig(null, null, null, null));
    Check.present("schemaRegistry", schemaRegistry, "settings of the Schema Registry's client");
    schemaRegistry = Map.copyOf(schemaRegistry);
    Check.present(
        "schemaRegistry.schema.registry.url",
        schemaRegistry.get("schema.registry.url"),
        "for example http://localhost:8081, or mock://weir to try Weir out without a registry");
    alerts = Check.orElse(alerts, AlertConfig.DEFAULT);
    batch = Check.orElse(batch, BatchConfig.DEFAULT);
    threads = Check.atLeast("threads", Check.orElse(threads, 1), 1);
    http = Check.orElse(http, HttpConfig.DEFAULT);
    requireDistinct(input, output);
  }

  /** A scorer that reads what it writes would never come to an end. */
  private static void requireDistinct(InputConfig input, OutputConfig output) {
    Map<String, String> users = new HashMap<>();
    users.put(input.topic(), "input.topic");
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("output.alerts", alerts(input, output));
    topics.put("output.deadLetter", deadLetter(input, output));
    topics.put("output.scored", output.scored());
    topics.forEach(
        (key, topic) -> {
          String other = topic == null ? null : users.putIfAbsent(topic, key);
          if (other != null) {
            throw Check.refuse(key, "is '" + topic + "', and so is " + other + "; name another");
          }
        });
  }

  private static String alerts(InputConfig input, OutputConfig output) {
    return Check.orElse(output.alerts(), input.topic() + "-alerts");
  }

  private static String deadLetter(InputConfig input, OutputConfig output) {
    return Check.orElse(output.deadLetter(), input.topic() + "-dead-letter");
  }

  public String bootstrapServers() {
    return kafka.get("bootstrap.servers");
  }

  /** The topic of alerts. */
  public String alertsTopic() {
    return alerts(input, output);
  }

  /** The topic of what could not be scored. */
  public String deadLetterTopic() {
    return deadLetter(input, output);
  }
}
