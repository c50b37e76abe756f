package dev.weir.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics and waits for their leaders. A creation is acknowledged by the controller; the
 * broker hears of it a moment later, and until then clients would be told that there is no such
 * topic.
 *
 * @param bootstrapServers the cluster
 */
record TopicCreation(String bootstrapServers) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 10;
  private static final short REPLICAS = 1;

  void create(String name, int partitions, Map<String, String> settings) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      NewTopic topic = new NewTopic(name, partitions, REPLICAS).configs(settings);
      admin.createTopics(List.of(topic)).all().get();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!hasLeaders(admin, name, partitions)) {
        if (System.nanoTime() - deadline > 0) {
          throw failure(name, "it has no leaders after " + PATIENCE.toSeconds() + " s", null);
        }
        Thread.sleep(PAUSE_MS);
      }
      awaitLeadership(admin, name, partitions);
    } catch (ExecutionException e) {
      throw failure(name, e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(name, "the thread was interrupted", e);
    }
  }

  /**
   * Waits until the broker serves every partition, and not only knows that it should: a producer
   * whose first batch comes too early would repeat it, and those after it, until it gives up. The
   * admin client asks again until it gets an answer.
   */
  private static void awaitLeadership(Admin admin, String name, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
    }
    admin.listOffsets(ends).all().get();
  }

  private static boolean hasLeaders(Admin admin, String name, int partitions)
      throws ExecutionException, InterruptedException {
    try {
      TopicDescription topic = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
      return topic.partitions().size() == partitions
          && topic.partitions().stream().allMatch(p -> p.leader() != null && !p.leader().isEmpty());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private IllegalStateException failure(String name, String reason, Throwable cause) {
    return new IllegalStateException(
        "Cannot create topic %s on %s: %s".formatted(name, bootstrapServers, reason), cause);
  }
}
