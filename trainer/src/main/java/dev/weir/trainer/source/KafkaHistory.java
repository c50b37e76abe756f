package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.JsonRecordReader;
import dev.weir.model.record.RecordReader;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.KafkaSourceConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.SpreadCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads history from a topic of JSON records.
 *
 * <p>The fields are found in the first {@value #SAMPLE} records. A record that cannot be encoded is
 * left out and counted, as the scorer would not score it either.
 */
final class KafkaHistory {
  private static final int SAMPLE = 1000;
  private static final int REPORT_EVERY = 10_000;

  private KafkaHistory() {}

  static History read(KafkaSourceConfig config, FeatureSelection selection, LongConsumer rowsRead) {
    String origin = "topic " + config.topic();
    try (TopicRange range = TopicRange.open(config)) {
      List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
      JsonFields fields = new JsonFields();
      while (sample.size() < SAMPLE && range.hasNext()) {
        ConsumerRecord<byte[], byte[]> record = range.next();
        fields.observe(record.value());
        sample.add(record);
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
      if (fields.columns().isEmpty()) {
        throw new InvalidInputException(
            "none of the first "
                + sample.size()
                + " records of "
                + origin
                + " is a JSON object with fields; check source.topic and the format of its records");
      }
      Collector collector =
          new Collector(FeatureSelector.select(selection, fields.columns(), origin));
      sample.forEach(collector::add);
      while (range.hasNext()) {
        collector.add(range.next());
        if (collector.rows.count() % REPORT_EVERY == 0) {
          rowsRead.accept(collector.rows.count());
        }
      }
      return collector.history(origin);
    }
  }

  /** Encodes records as they come. */
  private static final class Collector {
    private final FeatureSpec spec;
    private final List<String> notes;
    private final RecordReader reader;
    private final FeatureEncoder encoder;
    private final FieldValues values;
    private final SpreadCollector spreads;
    private final float[] row;
    private final RowsBuilder rows;
    private long rejected;
    private String firstRejection;

    Collector(SelectedFeatures selected) {
      spec = selected.spec();
      notes = new ArrayList<>(selected.notes());
      reader = new JsonRecordReader(spec.paths());
      encoder = new FeatureEncoder(spec);
      values = new FieldValues(spec.width());
      spreads = new SpreadCollector(spec.width());
      row = new float[spec.width()];
      rows = new RowsBuilder(spec.width());
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
      try {
        reader.read(record.value(), values);
        encoder.encode(values, row, 0);
        rows.add(row, record.timestamp());
        spreads.add(values);
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

    History history(String origin) {
      if (rows.count() == 0) {
        throw new InvalidInputException(
            "none of the "
                + rejected
                + " records of "
                + origin
                + " can be encoded; the first one, "
                + firstRejection);
      }
      if (rejected > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%,d records could not be encoded and were left out; the first one, %s",
                rejected,
                firstRejection));
      }
      return new History(spec, rows.build(), spreads.spreads(), rejected, notes, origin);
    }
  }
}
