package dev.weir.cli.demo;

import dev.weir.model.error.OperationFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sets where a scorer begins that has never run.
 *
 * <p>{@code auto.offset.reset=latest} would do nearly the same, but looks for the end only when it
 * first polls, and so may skip records that were written in between.
 */
final class StartOffsets {
  private StartOffsets() {}

  /** Makes the group begin after the records that are there now. */
  static void fromNow(String bootstrapServers, String group, String topic, int partitions)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
          admin.listOffsets(ends).all().get(30, TimeUnit.SECONDS).entrySet()) {
        offsets.put(end.getKey(), new OffsetAndMetadata(end.getValue().offset()));
      }
      admin.alterConsumerGroupOffsets(group, offsets).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new OperationFailedException("cannot set the scorer's first offsets: " + e, e);
    }
  }
}
