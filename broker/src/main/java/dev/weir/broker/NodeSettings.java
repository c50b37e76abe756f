package dev.weir.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Kafka settings of a node that is a whole cluster and has to be up at once. */
final class NodeSettings {
  /** The only address that the node listens on. */
  static final String HOST = "127.0.0.1";

  private static final String NODE_ID = "1";

  private NodeSettings() {}

  /**
   * @param overrides win over everything but who and where the node is
   * @throws IllegalArgumentException if an override would change who or where the node is
   */
  static Map<String, String> of(
      Path data, int port, int controllerPort, Map<String, String> overrides) {
    Map<String, String> place = place(data, port, controllerPort);
    Set<String> refused = new TreeSet<>(place.keySet());
    refused.retainAll(overrides.keySet());
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "The embedded broker sets %s itself; leave it out of the overrides".formatted(refused));
    }
    Map<String, String> settings = new LinkedHashMap<>(place);
    settings.putAll(oneNode());
    settings.putAll(small());
    settings.putAll(replay());
    settings.putAll(overrides);
    return settings;
  }

  private static Map<String, String> place(Path data, int port, int controllerPort) {
    String clients = "CLIENTS://" + HOST + ":" + port;
    String controller = HOST + ":" + controllerPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        NODE_ID,
        "log.dirs",
        data.toString(),
        "listeners",
        clients + ",CONTROLLER://" + controller,
        "advertised.listeners",
        clients,
        "listener.security.protocol.map",
        "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name",
        "CLIENTS",
        "controller.listener.names",
        "CONTROLLER",
        "controller.quorum.voters",
        NODE_ID + "@" + controller);
  }

  /** Nothing may ask for a second replica. */
  private static Map<String, String> oneNode() {
    return Map.of(
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "auto.create.topics.enable", "false");
  }

  /** Few partitions, threads and buffers; Kafka's own are meant for a machine of its own. */
  private static Map<String, String> small() {
    return Map.ofEntries(
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("transaction.state.log.num.partitions", "2"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("background.threads", "2"),
        Map.entry("log.segment.bytes", Integer.toString(64 << 20)),
        Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
        Map.entry("log.preallocate", "false"),
        // Kafka's default takes 128 MiB of heap at the start.
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)),
        Map.entry("metric.reporters", ""));
  }

  /** Groups and transactions settle fast, and records may be of any age, since data is replayed. */
  private static Map<String, String> replay() {
    return Map.of(
        "group.initial.rebalance.delay.ms", "0",
        "group.min.session.timeout.ms", "100",
        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
        "log.retention.ms", "-1",
        "log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
  }
}
