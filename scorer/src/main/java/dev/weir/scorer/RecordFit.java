package dev.weir.scorer;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.secret.Secrets;
import dev.weir.schemas.serde.Frame;
import dev.weir.scorer.config.InputConfig;
import dev.weir.scorer.config.ModelConfig.MissingFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the newest records of an input, to see whether they have what a model looks at. A model
 * whose fields they lack would take every value for missing, and be wrong in silence.
 */
final class RecordFit {
  private static final Logger log = LoggerFactory.getLogger(RecordFit.class);
  private static final int RECORDS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, String> kafka;
  private final InputConfig input;
  private final MissingFields missingFields;
  private final String key;
  private final SchemaRegistry registry;

  /**
   * Looks at an input.
   *
   * @param kafka settings of Kafka's clients
   * @param missingFields what to do with a model whose fields are not there
   * @param key the config's key that says so
   */
  RecordFit(
      Map<String, String> kafka,
      InputConfig input,
      MissingFields missingFields,
      String key,
      SchemaRegistry registry) {
    this.kafka = kafka;
    this.input = input;
    this.missingFields = missingFields;
    this.key = key;
    this.registry = registry;
  }

  /**
   * Checks a model against the records. Without records, and where none can be read, there is
   * nothing to say but a line in the log, and the model is taken. It is not looked at again.
   *
   * @throws InvalidBundleException if there is a field that none of the records has
   */
  void check(Bundle bundle) {
    List<FieldPath> fields = bundle.manifest().features().fields();
    Sight sight = new Sight(fields.size());
    try {
      look(input.format().reader(fields, registry), sight);
    } catch (KafkaException | SchemaRegistryException e) {
      log.warn(
          "cannot look whether the records of {} fit the model: {}",
          input.described(),
          e.getMessage());
      return;
    }
    if (sight.read == 0) {
      if (sight.unreadable > 0) {
        log.warn(
            "none of the newest {} records of {} can be read: {}",
            sight.unreadable,
            input.described(),
            sight.problem);
      } else {
        log.info(
            "there is no record of {} yet: whether they fit the model is not known",
            input.described());
      }
      return;
    }
    List<String> missing =
        IntStream.range(0, fields.size())
            .filter(i -> !sight.seen[i])
            .mapToObj(i -> "'" + fields.get(i) + "'")
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    String problem =
        "none of the newest "
            + sight.read
            + " records of "
            + input.described()
            + " has "
            + String.join(", ", missing)
            + ", which the model looks at";
    if (missingFields == MissingFields.WARN) {
      log.warn("{}", problem);
      return;
    }
    throw new InvalidBundleException(
        bundle.folder(),
        problem
            + "; is it the right topic, and the right input.format? If they are rare, set "
            + key
            + ": warn");
  }

  /** What was seen of the fields. */
  private static final class Sight {
    private final boolean[] seen;
    private int read;
    private int unreadable;
    private String problem;

    private Sight(int fields) {
      seen = new boolean[fields];
    }

    void see(FieldValues values) {
      read++;
      for (int i = 0; i < seen.length; i++) {
        seen[i] |= values.kind(i) != FieldKind.ABSENT;
      }
    }
  }

  private void look(RecordReader reader, Sight sight) {
    Map<String, Object> given = Secrets.resolveAll("kafka", kafka);
    Map<String, Object> settings = new HashMap<>(given);
    given.forEach(
        (key, value) -> {
          for (String prefix :
              List.of(StreamsConfig.CONSUMER_PREFIX, StreamsConfig.MAIN_CONSUMER_PREFIX)) {
            if (key.startsWith(prefix)) {
              settings.put(key.substring(prefix.length()), value);
            }
          }
        });
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      partitions = partitions.stream().filter(p -> end.get(p) > first.get(p)).toList();
      consumer.assign(partitions);
      long each = Math.max(1, RECORDS / Math.max(1, partitions.size()));
      partitions.forEach(p -> consumer.seek(p, Math.max(first.get(p), end.get(p) - each)));
      FieldValues values = new FieldValues(sight.seen.length);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      int left = partitions.size();
      while (left > 0 && sight.read + sight.unreadable < RECORDS && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          see(reader, record, values, sight);
        }
        // What ends a transaction takes an offset, too, and is no record.
        left = (int) partitions.stream().filter(p -> consumer.position(p) < end.get(p)).count();
      }
    }
  }

  private static void see(
      RecordReader reader, ConsumerRecord<byte[], byte[]> record, FieldValues values, Sight sight) {
    if (record.value() == null) {
      return;
    }
    try {
      reader.read(record.value(), Frame.valueSchema(record.headers()), values);
      sight.see(values);
    } catch (RejectedRecordException e) {
      sight.unreadable++;
      sight.problem = e.getMessage();
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    Collection<List<PartitionInfo>> topics =
        input
            .topicPattern()
            .<Collection<List<PartitionInfo>>>map(
                pattern ->
                    consumer.listTopics().entrySet().stream()
                        .filter(topic -> pattern.matcher(topic.getKey()).matches())
                        .map(Map.Entry::getValue)
                        .toList())
            .orElseGet(() -> input.topics().stream().map(consumer::partitionsFor).toList());
    List<TopicPartition> partitions = new ArrayList<>();
    topics.forEach(
        topic -> topic.forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition()))));
    return partitions;
  }
}
