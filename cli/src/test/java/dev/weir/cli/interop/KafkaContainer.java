package dev.weir.cli.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * A broker in a container, with a listener of each kind: plain text, TLS, and TLS with SCRAM for
 * other containers, and plain text for the test.
 */
final class KafkaContainer extends GenericContainer<KafkaContainer> {
  private static final String KEYS = "/etc/kafka/secrets/kafka.p12";

  private final int port;

  /**
   * A broker that is not started yet; its name in the network is kafka.
   *
   * @param keys a PKCS 12 file with a key and a certificate for that name
   */
  KafkaContainer(Network network, Path keys, String password) throws IOException {
    super(Docker.image("apache/kafka"));
    // Clients are told of it before it is known which port Docker would take.
    port = freePort();
    setPortBindings(List.of("127.0.0.1:" + port + ":9095"));
    withNetwork(network).withNetworkAliases("kafka");
    withCopyFileToContainer(MountableFile.forHostPath(keys, 0644), KEYS);
    withEnv(settings(password));
    waitingFor(
        Wait.forSuccessfulCommand("bash -c '</dev/tcp/127.0.0.1/9095'")
            .withStartupTimeout(Duration.ofMinutes(3)));
  }

  private Map<String, String> settings(String password) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CLUSTER_ID", "d2Vpci1jb250YWluZXItMQ");
    settings.put("KAFKA_NODE_ID", "1");
    settings.put("KAFKA_PROCESS_ROLES", "broker,controller");
    settings.put("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9091");
    settings.put("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER");
    settings.put("KAFKA_INTER_BROKER_LISTENER_NAME", "PLAIN");
    settings.put(
        "KAFKA_LISTENERS",
        "CONTROLLER://:9091,PLAIN://:9092,ENCRYPTED://:9093,AUTHENTICATED://:9094,TEST://:9095");
    settings.put(
        "KAFKA_ADVERTISED_LISTENERS",
        "PLAIN://kafka:9092,ENCRYPTED://kafka:9093,AUTHENTICATED://kafka:9094,TEST://localhost:"
            + port);
    settings.put(
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
        "CONTROLLER:PLAINTEXT,PLAIN:PLAINTEXT,ENCRYPTED:SSL,AUTHENTICATED:SASL_SSL,TEST:PLAINTEXT");
    settings.put("KAFKA_SSL_KEYSTORE_LOCATION", KEYS);
    settings.put("KAFKA_SSL_KEYSTORE_PASSWORD", password);
    settings.put("KAFKA_SSL_KEYSTORE_TYPE", "PKCS12");
    settings.put("KAFKA_SASL_ENABLED_MECHANISMS", "SCRAM-SHA-512");
    settings.put(
        "KAFKA_LISTENER_NAME_AUTHENTICATED_SCRAM___SHA___512_SASL_JAAS_CONFIG",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1");
    settings.put("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1");
    settings.put("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");
    settings.put("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    return settings;
  }

  /** For the test itself. */
  String bootstrapServers() {
    return "localhost:" + port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
