package dev.weir.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster of one node, KRaft controller and broker together, in this JVM.
 *
 * <p>It listens on 127.0.0.1 only, without encryption or authentication, and is set up to start
 * quickly: every topic has one replica, internal topics have few partitions. Records of any age are
 * taken and kept. Topics are not created by being asked for.
 *
 * <p>Several may run side by side. From the first start on, Kafka's own calls to end the JVM throw
 * {@link IllegalStateException} instead, for as long as the JVM lives. All methods may be called
 * from any thread. Whoever starts a broker closes it; there is no shutdown hook.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int ATTEMPTS = 5;

  private final KafkaRaftServer server;
  private final NodeFolder folder;
  private final String bootstrapServers;
  private boolean closed;

  private EmbeddedBroker(KafkaRaftServer server, NodeFolder folder, int port) {
    this.server = server;
    this.folder = folder;
    this.bootstrapServers = NodeSettings.HOST + ":" + port;
  }

  /**
   * Starts a broker on a free port with its data in a new temporary folder, which {@link #close()}
   * deletes.
   *
   * @throws IllegalStateException if the broker cannot start
   */
  public static EmbeddedBroker start() {
    return start(Map.of());
  }

  /**
   * Does what {@link #start()} does, with settings of the caller's.
   *
   * @param overrides Kafka broker settings; they win over the ones chosen here
   * @throws IllegalArgumentException if an override would move the node (listeners, folders, id)
   * @throws IllegalStateException if the broker cannot start
   */
  public static EmbeddedBroker start(Map<String, String> overrides) {
    NodeFolder folder = NodeFolder.fresh();
    try {
      return start(folder, 0, overrides);
    } catch (RuntimeException | Error e) {
      folder.release();
      throw e;
    }
  }

  /**
   * Starts a broker that keeps its data in {@code dir}, which is created if need be and stays after
   * {@link #close()}. Started again on the same folder, the broker has the same records and the
   * same port.
   *
   * @param overrides Kafka broker settings; they win over the ones chosen here
   * @throws IllegalArgumentException if an override would move the node (listeners, folders, id)
   * @throws IllegalStateException if the broker cannot start, such as when its port is taken
   */
  public static EmbeddedBroker start(Path dir, Map<String, String> overrides) {
    return start(NodeFolder.at(dir), 0, overrides);
  }

  /**
   * Does what {@link #start(Path, Map)} does, on a given port.
   *
   * @param port the port for clients, 1 to 65535
   * @param overrides Kafka broker settings; they win over the ones chosen here
   * @throws IllegalArgumentException if an override would move the node, or there is no such port
   * @throws IllegalStateException if the broker cannot start, such as when its port is taken
   */
  public static EmbeddedBroker start(Path dir, int port, Map<String, String> overrides) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is %d, must be 1 to 65535".formatted(port));
    }
    return start(NodeFolder.at(dir), port, overrides);
  }

  private static EmbeddedBroker start(NodeFolder folder, int port, Map<String, String> overrides) {
    ExitGuard.install();
    int fixed = port != 0 ? port : folder.rememberedPort().orElse(0);
    for (int attempt = 1; ; attempt++) {
      if (fixed != 0 && FreePorts.inUse(fixed)) {
        throw failure(folder, fixed, "the port is in use; stop who listens there", null);
      }
      int clientPort = fixed != 0 ? fixed : FreePorts.next();
      try {
        return startOnce(folder, clientPort, overrides);
      } catch (IllegalArgumentException e) {
        throw e;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !FreePorts.taken(e)) {
          throw failure(folder, clientPort, e.getMessage(), e);
        }
        LOG.atInfo().addKeyValue("attempt", attempt).log("A free port was taken, trying again");
      }
    }
  }

  private static EmbeddedBroker startOnce(
      NodeFolder folder, int port, Map<String, String> overrides) {
    long begun = System.nanoTime();
    Map<String, String> settings =
        NodeSettings.of(folder.data(), port, FreePorts.next(), overrides);
    KafkaRaftServer server = serve(folder, settings);
    folder.rememberPort(port);
    LOG.atInfo()
        .addKeyValue("port", port)
        .addKeyValue("folder", folder.path())
        .addKeyValue("tookMs", Duration.ofNanos(System.nanoTime() - begun).toMillis())
        .log("The embedded broker is up");
    return new EmbeddedBroker(server, folder, port);
  }

  private static KafkaRaftServer serve(NodeFolder folder, Map<String, String> settings) {
    folder.format(settings);
    Properties properties = new Properties();
    properties.putAll(settings);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      server.shutdown();
      throw e;
    }
    return server;
  }

  private static IllegalStateException failure(
      NodeFolder folder, int port, String reason, Throwable cause) {
    return new IllegalStateException(
        "The embedded broker did not start on %s:%d with its data in %s: %s"
            .formatted(NodeSettings.HOST, port, folder.path(), reason),
        cause);
  }

  /** What clients put under {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The folder that holds the node's data and settings. */
  public Path folder() {
    return folder.path();
  }

  /**
   * Creates a topic and returns when each of its partitions has a leader.
   *
   * @throws IllegalStateException if Kafka refuses, such as when the topic is there already
   */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Does what {@link #createTopic(String, int)} does.
   *
   * @param settings the topic's own settings, such as {@code cleanup.policy}
   * @throws IllegalStateException if Kafka refuses, such as when the topic is there already
   */
  public void createTopic(String name, int partitions, Map<String, String> settings) {
    new TopicCreation(bootstrapServers).create(name, partitions, settings);
  }

  /**
   * Stops the broker, in order, and deletes its folder if that is temporary. A second call does
   * nothing; one that comes while the first is at work waits for it.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    long begun = System.nanoTime();
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      folder.release();
    }
    LOG.atInfo()
        .addKeyValue("folder", folder.path())
        .addKeyValue("tookMs", Duration.ofNanos(System.nanoTime() - begun).toMillis())
        .log("The embedded broker is down");
  }
}
