package dev.weir.scorer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One way from records to alerts: what is read, what scores it, where the results go.
 *
 * @param name of the pipeline, in alerts and metrics
 * @param input what is scored
 * @param model what scores it
 * @param output where the results go
 * @param alerts from where on there is one
 * @param batch how records are taken together
 * @param drift how records are compared with those of the training; they are not if it is null
 * @param shadow a model on trial; null if there is none
 */
public record PipelineConfig(
    String name,
    InputConfig input,
    ModelConfig model,
    OutputConfig output,
    AlertConfig alerts,
    BatchConfig batch,
    DriftConfig drift,
    ShadowConfig shadow) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

  public PipelineConfig {
    Check.present("name", name, "names the pipeline in alerts and metrics");
    if (!NAME.matcher(name).matches()) {
      throw Check.refuse(
          "name",
          "is '"
              + name
              + "', but a pipeline's name has letters, digits, dots, underscores and hyphens,"
              + " 100 at most");
    }
    Check.present("input", input, "the topic to score");
    Check.present("model", model, "the bundle to score with");
    output = Check.orElse(output, OutputConfig.DEFAULT);
    alerts = Check.orElse(alerts, AlertConfig.DEFAULT);
    batch = Check.orElse(batch, BatchConfig.DEFAULT);
    requireDistinct(name, input, output, shadow);
  }

  /** A scorer that reads what it writes would never come to an end. */
  private static void requireDistinct(
      String name, InputConfig input, OutputConfig output, ShadowConfig shadow) {
    Map<String, String> users = new LinkedHashMap<>();
    outputs(name, input, output, shadow)
        .forEach(
            (key, topic) -> {
              if (input.reads(topic)) {
                throw Check.refuse(
                    key, "is '" + topic + "', which " + input.key() + " reads, too; name another");
              }
              String other = users.putIfAbsent(topic, key);
              if (other != null) {
                throw Check.refuse(
                    key, "is '" + topic + "', and so is " + other + "; name another");
              }
            });
  }

  /** Topics that are written, by the keys that name them. */
  private static Map<String, String> outputs(
      String name, InputConfig input, OutputConfig output, ShadowConfig shadow) {
    String stem = input.topics().size() == 1 ? input.topics().get(0) : name;
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("output.alerts", Check.orElse(output.alerts(), stem + "-alerts"));
    topics.put("output.deadLetter", Check.orElse(output.deadLetter(), stem + "-dead-letter"));
    if (output.scored() != null) {
      topics.put("output.scored", output.scored().topic());
    }
    if (shadow != null && shadow.topic() != null) {
      topics.put("shadow.topic", shadow.topic());
    }
    return topics;
  }

  /** Topics that are written, by the keys that name them. */
  public Map<String, String> outputs() {
    return outputs(name, input, output, shadow);
  }

  /** The topic of alerts. */
  public String alertsTopic() {
    return outputs().get("output.alerts");
  }

  /** The topic of what could not be scored. */
  public String deadLetterTopic() {
    return outputs().get("output.deadLetter");
  }
}
