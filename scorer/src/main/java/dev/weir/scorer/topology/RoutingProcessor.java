package dev.weir.scorer.topology;

import dev.weir.schemas.Alert;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes verdicts: an alert for an anomalous record and, if wanted, the score of every one.
 *
 * <p>Serialises what it publishes itself: Kafka Streams shares a sink's serializer among all tasks,
 * and a serializer serves one thread.
 */
final class RoutingProcessor implements Processor<byte[], JudgedRecord, byte[], byte[]> {
  private final Names names;
  private final AlertMaker alerts;
  private final String alertsTopic;
  private final Optional<String> scoredTopic;
  private final Serializer<SpecificRecord> serializer;
  private final ScoringListener listener;
  private ProcessorContext<byte[], byte[]> context;

  RoutingProcessor(
      Names names,
      AlertMaker alerts,
      String alertsTopic,
      Optional<String> scoredTopic,
      Serializer<SpecificRecord> serializer,
      ScoringListener listener) {
    this.names = names;
    this.alerts = alerts;
    this.alertsTopic = alertsTopic;
    this.scoredTopic = scoredTopic;
    this.serializer = serializer;
    this.listener = listener;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], JudgedRecord> record) {
    Verdict verdict = record.value().verdict();
    if (!verdict.anomalous() && scoredTopic.isEmpty()) {
      return;
    }
    RecordSource source = source(record);
    if (verdict.anomalous()) {
      Alert alert =
          alerts.alert(verdict, source, Instant.ofEpochMilli(context.currentSystemTimeMs()));
      context.forward(publish(record, alertsTopic, alert), names.alerts());
      listener.alerted(alert.getSeverity());
    }
    if (scoredTopic.isPresent()) {
      context.forward(
          publish(record, scoredTopic.get(), alerts.scored(verdict, source)), names.scored());
    }
  }

  private static RecordSource source(Record<byte[], JudgedRecord> record) {
    Origin origin = record.value().origin();
    return new RecordSource(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        KeyText.of(record.key()),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private Record<byte[], byte[]> publish(
      Record<byte[], JudgedRecord> record, String topic, SpecificRecord value) {
    return new Record<>(
        record.key(), serializer.serialize(topic, value), record.timestamp(), new RecordHeaders());
  }

  @Override
  public void close() {
    serializer.close();
  }
}
