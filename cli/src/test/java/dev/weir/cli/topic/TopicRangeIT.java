package dev.weir.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TopicRangeIT {
  private static final String TOPIC = "range";
  private static final int OLD = 3_000;
  private static final int FRESH = 50;

  @Test
  void shouldFollowWithWhatCameWhileTheRangeWasRead() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      // Given many records in one of two partitions, few in the other
      broker.createTopic(TOPIC, 2);
      send(broker, 0, OLD);
      send(broker, 1, 1);
      Cluster cluster =
          new Cluster(Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of());
      try (TopicRange range =
          TopicRange.open(cluster, List.of(TOPIC), new Edge.Earliest(), new Edge.Latest())) {
        // When more come before it is read
        send(broker, 0, FRESH);
        send(broker, 1, FRESH);
        List<String> seen = new ArrayList<>();
        Optional<ConsumerRecord<byte[], byte[]>> next = range.next();
        while (next.isPresent()) {
          seen.add(place(next.get()));
          next = range.next();
        }

        // Then they are not of the range, and follow it, each once
        assertThat(seen).hasSize(OLD + 1);
        List<String> followed = new ArrayList<>();
        while (followed.size() < 2 * FRESH) {
          range.follow().forEach(record -> followed.add(place(record)));
        }
        assertThat(range.follow()).isEmpty();
        assertThat(followed)
            .hasSize(2 * FRESH)
            .doesNotHaveDuplicates()
            .doesNotContainAnyElementsOf(seen);
      }
    }
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.partition() + ":" + record.offset();
  }

  private static void send(EmbeddedBroker broker, int partition, int count) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sent.add(producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[] {1})));
      }
      for (Future<?> sending : sent) {
        sending.get();
      }
    }
  }
}
