package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.model.feature.Vocabulary;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.schemas.read.RecordFormat;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.registry.SchemaRegistryException;
import dev.weir.schemas.serde.Frame;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.KafkaSourceConfig;
import dev.weir.trainer.data.History;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;

/**
 * Reads history from a topic.
 *
 * <p>The fields are found in the first {@value #SAMPLE} records, or in their schemas. A record that
 * cannot be encoded is left out and counted, as the scorer would not score it either.
 */
final class KafkaHistory {
  private static final int SAMPLE = 1000;
  private static final int REPORT_EVERY = 10_000;

  private KafkaHistory() {}

  static History read(
      KafkaSourceConfig config,
      FeatureSelection selection,
      ReadingPlan plan,
      LongConsumer rowsRead) {
    if (!config.format().needsRegistry()) {
      return read(config, selection, plan, null, rowsRead);
    }
    try (SchemaRegistry registry = SchemaRegistries.open(config.schemaRegistry())) {
      return read(config, selection, plan, registry, rowsRead);
    } catch (ConfigException e) {
      throw new InvalidInputException(
          "a setting under 'source.schemaRegistry' is wrong: " + e.getMessage(), e);
    } catch (SchemaRegistryException e) {
      throw new OperationFailedException(
          "cannot read topic " + config.topic() + ": " + e.getMessage(), e);
    }
  }

  private static History read(
      KafkaSourceConfig config,
      FeatureSelection selection,
      ReadingPlan plan,
      SchemaRegistry registry,
      LongConsumer rowsRead) {
    String origin = "topic " + config.topic();
    Function<List<FieldPath>, RecordReader> readers =
        paths -> config.format().reader(paths, registry);
    ExcludedPeriods periods = new ExcludedPeriods(config.exclude());
    try (TopicRange range = TopicRange.open(config)) {
      List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
      while (sample.size() < SAMPLE && range.hasNext()) {
        ConsumerRecord<byte[], byte[]> record = range.next();
        if (!periods.leavesOut(record.timestamp())) {
          sample.add(record);
        }
      }
      if (sample.isEmpty() && periods.leftOut() > 0) {
        throw new InvalidInputException(
            "all "
                + periods.leftOut()
                + " records of "
                + origin
                + " from "
                + config.from()
                + " to "
                + config.to()
                + " lie in the periods of source.exclude");
      }
      if (sample.isEmpty()) {
        throw new InvalidInputException(
            origin
                + " has no record from "
                + config.from()
                + " to "
                + config.to()
                + "; check source.topic, source.from and source.to");
      }
      List<Column> columns = new ArrayList<>(columns(config, registry, sample, origin));
      NamedFields named = new NamedFields(selection, columns, readers);
      observe(sample, named::observe);
      columns.addAll(named.columns());
      SelectedFeatures selected = FeatureSelector.select(selection, columns, origin);
      Collector collector = new Collector(selected, config, plan, periods, readers);
      sample.forEach(collector::add);
      while (range.hasNext()) {
        ConsumerRecord<byte[], byte[]> record = range.next();
        if (!periods.leavesOut(record.timestamp())) {
          collector.add(record);
        }
        if (collector.collected.count() % REPORT_EVERY == 0) {
          rowsRead.accept(collector.collected.count());
        }
      }
      return collector.history(origin);
    }
  }

  private static List<Column> columns(
      KafkaSourceConfig config,
      SchemaRegistry registry,
      List<ConsumerRecord<byte[], byte[]>> sample,
      String origin) {
    FieldFinder finder = FieldFinder.of(config.format(), registry);
    Optional<RejectedRecordException> rejection = observe(sample, finder::observe);
    if (finder.columns().isEmpty()) {
      throw new InvalidInputException(
          "none of the first "
              + sample.size()
              + " records of "
              + origin
              + (config.format() == RecordFormat.JSON
                  ? " is a JSON object with fields"
                  : " is a record of format " + config.format() + " with fields")
              + rejection.map(e -> " (" + e.getMessage() + ")").orElse("")
              + "; check source.topic and the format of its records");
    }
    return finder.columns();
  }

  /** Looks at a record's value, and at the header that names its schema. */
  @FunctionalInterface
  private interface Observer {
    void observe(byte[] value, byte[] schemaId) throws RejectedRecordException;
  }

  /**
   * Shows the sample to somebody; those records that were of no use tell why, the first of them.
   */
  private static Optional<RejectedRecordException> observe(
      List<ConsumerRecord<byte[], byte[]>> sample, Observer observer) {
    Optional<RejectedRecordException> first = Optional.empty();
    for (ConsumerRecord<byte[], byte[]> record : sample) {
      try {
        observer.observe(record.value(), Frame.valueSchema(record.headers()));
      } catch (RejectedRecordException e) {
        first = first.isPresent() ? first : Optional.of(e);
      }
    }
    return first;
  }

  /** Reads records as they come, and has them encoded. */
  private static final class Collector {
    private final HistoryCollector collected;
    private final RecordReader reader;
    private final FieldValues values;
    private final Optional<Integer> keySlot;
    private long rejected;
    private String firstRejection;

    Collector(
        SelectedFeatures selected,
        KafkaSourceConfig config,
        ReadingPlan plan,
        ExcludedPeriods periods,
        Function<List<FieldPath>, RecordReader> readers) {
      Optional<FieldPath> key = config.keyPath();
      collected = new HistoryCollector(selected, config, plan, periods);
      List<FieldPath> paths = new ArrayList<>(collected.fields());
      key.filter(path -> !paths.contains(path)).ifPresent(paths::add);
      keySlot = key.map(paths::indexOf);
      reader = readers.apply(paths);
      values = new FieldValues(paths.size());
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
      try {
        reader.read(record.value(), Frame.valueSchema(record.headers()), values);
        collected.add(values, record.timestamp(), key(record));
      } catch (RejectedRecordException e) {
        if (rejected++ == 0) {
          firstRejection =
              "partition "
                  + record.partition()
                  + ", offset "
                  + record.offset()
                  + ": "
                  + e.getMessage();
        }
      }
    }

    /** Records without a key are of one key in each partition. */
    private Object key(ConsumerRecord<byte[], byte[]> record) {
      if (keySlot.isPresent()) {
        String text = Vocabulary.text(values, keySlot.get());
        return text == null ? Integer.valueOf(record.partition()) : text;
      }
      return record.key() == null
          ? Integer.valueOf(record.partition())
          : ByteBuffer.wrap(record.key());
    }

    History history(String origin) {
      if (collected.count() == 0) {
        throw new InvalidInputException(
            "none of the "
                + rejected
                + " records of "
                + origin
                + " can be encoded; the first one, "
                + firstRejection);
      }
      List<String> notes = new ArrayList<>();
      if (rejected > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%,d records could not be encoded and were left out; the first one, %s",
                rejected,
                firstRejection));
      }
      return collected.history(rejected, notes, origin, true);
    }
  }
}
