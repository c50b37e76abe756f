package dev.weir.scorer;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.secret.Secrets;
import dev.weir.scorer.config.InputConfig;
import dev.weir.scorer.config.PipelineConfig;
import dev.weir.scorer.config.ScorerConfig;
import dev.weir.scorer.topology.SizeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure, before anything starts, that the broker answers and that the topics are there. */
final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final String BROKERS_LIMIT = "message.max.bytes";
  private static final int TIMEOUT_SECONDS = 20;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final ScorerConfig config;

  Topics(ScorerConfig config) {
    this.config = config;
  }

  /**
   * Checks the topics, and creates missing ones if the config says so.
   *
   * @return how large their records may be
   * @throws OperationFailedException if the broker cannot be reached
   * @throws InvalidInputException if a topic is missing
   * @throws ConfigException if a setting under {@code kafka} is wrong
   */
  SizeLimits ensure() {
    Map<String, Object> settings = Secrets.resolveAll("kafka", config.kafka());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1000);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 500);
    try {
      Admin admin = Admin.create(settings);
      try {
        ensure(admin);
        return limits(admin);
      } finally {
        // With no limit, a client that never got an answer may wait for ever.
        admin.close(CLOSE_TIMEOUT);
      }
    } catch (KafkaException e) {
      if (rootOf(e) instanceof ConfigException wrong) {
        throw wrong;
      }
      throw unreachable(e);
    }
  }

  private void ensure(Admin admin) {
    Set<String> existing = get(admin.listTopics().names());
    for (PipelineConfig pipeline : config.pipelines()) {
      List<String> inputs = inputs(pipeline, existing);
      List<String> missing =
          pipeline.outputs().values().stream().filter(t -> !existing.contains(t)).toList();
      if (!missing.isEmpty()) {
        create(admin, pipeline, inputs, missing);
      }
    }
  }

  /** What the topics take; that of the producer alone where one may not ask. */
  private SizeLimits limits(Admin admin) {
    SizeLimits producers = SizeLimits.of(config);
    try {
      Set<String> existing = get(admin.listTopics().names());
      Set<String> internal = SizeLimits.internalTopics(config);
      List<ConfigResource> asked = new ArrayList<>();
      for (String topic : existing) {
        if (internal.contains(topic) || isOutput(topic)) {
          asked.add(new ConfigResource(ConfigResource.Type.TOPIC, topic));
        }
      }
      Map<String, Integer> topics = new HashMap<>();
      get(admin.describeConfigs(asked).all())
          .forEach(
              (topic, settings) -> {
                int most = number(settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
                topics.put(topic.name(), most);
                tell(topic.name(), most, producers.request());
              });
      return new SizeLimits(producers.request(), topics, ofNewTopics(admin));
    } catch (KafkaException | NumberFormatException e) {
      log.info(
          "how large the records of topics may be cannot be asked ({}); they are taken to take what"
              + " max.request.size allows",
          e.getMessage());
      return producers;
    }
  }

  private int ofNewTopics(Admin admin) {
    String asked =
        config.kafka().get(StreamsConfig.TOPIC_PREFIX + TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (asked != null) {
      return Integer.parseInt(asked.strip());
    }
    DescribeClusterResult cluster = admin.describeCluster();
    // Null while the brokers choose one.
    Optional<Node> node = Optional.ofNullable(get(cluster.controller()));
    if (node.isEmpty()) {
      node = get(cluster.nodes()).stream().findFirst();
    }
    if (node.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.get().idString());
    return number(get(admin.describeConfigs(List.of(broker)).all()).get(broker), BROKERS_LIMIT);
  }

  private boolean isOutput(String topic) {
    return config.pipelines().stream()
        .anyMatch(pipeline -> pipeline.outputs().containsValue(topic));
  }

  private static int number(Config settings, String key) {
    ConfigEntry entry = settings.get(key);
    return entry == null ? Integer.MAX_VALUE : Integer.parseInt(entry.value());
  }

  private static void tell(String topic, int most, int request) {
    if (most < request) {
      log.info(
          "topic {} takes records of {} bytes at most (max.message.bytes), fewer than"
              + " kafka.max.request.size, {}; what is larger is not sent, and counted",
          topic,
          most,
          request);
    }
  }

  private List<String> inputs(PipelineConfig pipeline, Set<String> existing) {
    InputConfig input = pipeline.input();
    if (input.topicPattern().isPresent()) {
      List<String> matching =
          existing.stream().filter(input.topicPattern().get().asMatchPredicate()).toList();
      if (matching.isEmpty()) {
        throw missingInput(input.described(), key(pipeline));
      }
      return matching;
    }
    for (String topic : input.topics()) {
      if (!existing.contains(topic)) {
        throw missingInput("topic " + topic, key(pipeline));
      }
    }
    return input.topics();
  }

  private String key(PipelineConfig pipeline) {
    return (config.isList() ? "pipeline " + pipeline.name() + "'s " : "") + pipeline.input().key();
  }

  private InvalidInputException missingInput(String what, String key) {
    return new InvalidInputException(
        "there is no " + what + " on " + config.bootstrapServers() + "; check " + key);
  }

  private void create(
      Admin admin, PipelineConfig pipeline, List<String> inputs, List<String> missing) {
    if (!pipeline.output().createTopics()) {
      throw new InvalidInputException(
          "missing on "
              + config.bootstrapServers()
              + ": "
              + missing.stream().map(t -> "topic " + t).collect(Collectors.joining(", "))
              + "; create them, or set output.createTopics: true");
    }
    int partitions =
        get(admin.describeTopics(inputs).allTopicNames()).values().stream()
            .mapToInt(topic -> topic.partitions().size())
            .max()
            .orElseThrow();
    for (String topic : missing) {
      try {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
        get(admin.createTopics(List.of(wanted)).all());
        log.info("created topic {} with {} partitions", topic, partitions);
      } catch (TopicExistsException e) {
        log.info("topic {} was created by somebody else meanwhile", topic);
      }
    }
  }

  private <T> T get(org.apache.kafka.common.KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw unreachable(e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationFailedException("interrupted while looking at the topics", e);
    }
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private OperationFailedException unreachable(Throwable e) {
    Throwable root = rootOf(e);
    String reason = root.getMessage() == null ? "no answer" : root.getMessage();
    return new OperationFailedException(
        "the broker at "
            + config.bootstrapServers()
            + " does not answer as it should ("
            + reason
            + "); is it running, and are the settings under 'kafka' right?",
        e);
  }
}
