package dev.weir.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.weir.cli.TinyBundle;
import dev.weir.cli.TinyHistory;
import dev.weir.schemas.Alert;
import dev.weir.schemas.registry.SchemaRegistries;
import dev.weir.schemas.registry.SchemaRegistry;
import dev.weir.schemas.serde.AvroDeserializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/** The scorer's image as it is used: read-only, beside a broker and a registry in containers. */
@Timeout(600)
class ScorerContainerIT {
  private static final int GOOD = 40;
  private static final String PASSWORD = "changeit";
  private static final Path FOLDER = Path.of("target", "container").toAbsolutePath();

  private static Network network;
  private static KafkaContainer kafka;
  private static GenericContainer<?> apicurio;
  private static SchemaRegistry registry;

  /** How a scorer reaches the broker. */
  private enum Security {
    PLAINTEXT(9092, ""),
    TLS(9093, "  security.protocol: SSL\n" + Security.TRUST),
    SCRAM(
        9094,
        "  security.protocol: SASL_SSL\n"
            + "  sasl.mechanism: SCRAM-SHA-512\n"
            + "  sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule"
            + " required username=\"weir\" password=\"weir-secret\";\n"
            + Security.TRUST);

    private static final String TRUST =
        "  ssl.truststore.location: /etc/weir/trust.p12\n"
            + "  ssl.truststore.password: "
            + PASSWORD
            + "\n  ssl.truststore.type: PKCS12\n";

    private final int port;
    private final String settings;

    Security(int port, String settings) {
      this.port = port;
      this.settings = settings;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Docker.require();
    Docker.image("weir/scorer");
    Files.createDirectories(FOLDER.resolve("model"));
    TinyBundle.train(FOLDER.resolve("model"));
    Path keys = keys();
    network = Network.newNetwork();
    kafka = new KafkaContainer(network, keys, PASSWORD);
    kafka.start();
    apicurio =
        new GenericContainer<>(Docker.image("apicurio/apicurio-registry"))
            .withNetwork(network)
            .withNetworkAliases("registry")
            .withEnv("QUARKUS_HTTP_HOST", "0.0.0.0")
            .withExposedPorts(8080)
            .withCreateContainerCmdModifier(
                command ->
                    // On loopback, and not on every address of the machine.
                    Optional.ofNullable(command.getHostConfig())
                        .orElseThrow()
                        .withPortBindings(
                            new PortBinding(
                                Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(8080))))
            .waitingFor(
                Wait.forHttp("/apis/ccompat/v7/subjects")
                    .forPort(8080)
                    .withStartupTimeout(Duration.ofMinutes(3)));
    apicurio.start();
    registry =
        SchemaRegistries.open(
            Map.of(
                "schema.registry.url",
                "http://localhost:" + apicurio.getMappedPort(8080) + "/apis/ccompat/v7"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "weir",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      "weir-secret")))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
    if (apicurio != null) {
      apicurio.stop();
    }
    if (kafka != null) {
      kafka.stop();
    }
    if (network != null) {
      network.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Security.class)
  void shouldScoreOver(Security security) throws Exception {
    // Given
    String topic = "rows-" + security.name().toLowerCase(Locale.ROOT);
    write(topic);

    // When
    try (GenericContainer<?> scorer = scorer(topic, security)) {
      scorer.start();

      // Then
      CommittedRecords.await(
          kafka.bootstrapServers(), topic + "-scored", GOOD + 1, new ByteArrayDeserializer());
      List<String> letters =
          CommittedRecords.await(
                  kafka.bootstrapServers(), topic + "-dead-letter", 1, new ByteArrayDeserializer())
              .stream()
              .map(letter -> new String(letter.key(), StandardCharsets.UTF_8))
              .toList();
      assertThat(letters).containsExactly("broken");
      assertThat(
              CommittedRecords.await(
                      kafka.bootstrapServers(),
                      topic + "-alerts",
                      1,
                      new AvroDeserializer<>(registry, Alert.class))
                  .get(0)
                  .value()
                  .getKey())
          .isEqualTo("far-off");
    }
  }

  /** A certificate that nobody signed, a password for health as well, and another port. */
  @Test
  void shouldBeHealthyWhateverHttpIsSetTo() throws Exception {
    // Given
    write("rows-https");
    Files.copy(
        FOLDER.resolve("kafka.p12"),
        FOLDER.resolve("config").resolve("http.p12"),
        StandardCopyOption.REPLACE_EXISTING);
    String http =
        "http:\n  host: 0.0.0.0\n  port: 9443\n"
            + "  auth: {user: ops, password: secret, openHealth: false}\n"
            + "  tls: {keystore: /etc/weir/http.p12, password: "
            + PASSWORD
            + "}\n";

    // When
    try (GenericContainer<?> scorer = scorer("rows-https", Security.PLAINTEXT, http)) {
      scorer.start();

      // Then
      assertThat(scorer.getLogs()).contains("https://0.0.0.0:9443/health/ready");
      assertThat(scorer.execInContainer("/opt/weir/bin/healthcheck").getStdout())
          .isEqualTo("yes\n");
      CommittedRecords.await(
          kafka.bootstrapServers(), "rows-https-alerts", 1, new ByteArrayDeserializer());
    }
  }

  @Test
  void shouldRunAsNobodyInParticularAndLeaveItsFilesAlone() throws Exception {
    // Given
    write("rows-user");

    try (GenericContainer<?> scorer = scorer("rows-user", Security.PLAINTEXT)) {
      scorer.start();

      // When, Then
      assertThat(scorer.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
      assertThat(scorer.execInContainer("touch", "/opt/weir/lib/more.jar").getStderr())
          .contains("Read-only file system");
      assertThat(scorer.execInContainer("ls", "/opt/weir/lib").getStdout())
          .contains("weir-scorer", "kafka-streams")
          .doesNotContain("pytorch", "weir-trainer", "weir-broker", "kafka_2.13");

      // When it is asked to stop
      scorer.getDockerClient().stopContainerCmd(scorer.getContainerId()).withTimeout(60).exec();

      // Then: by SIGTERM, after its streams have stopped; 137 would be SIGKILL
      assertThat(scorer.getCurrentContainerInfo().getState().getExitCodeLong()).isEqualTo(143);
      assertThat(scorer.getLogs()).contains("PENDING_SHUTDOWN -> NOT_RUNNING");
    }
  }

  /** A scorer that is not started yet; once it is, its health check has said that it is scoring. */
  private static GenericContainer<?> scorer(String topic, Security security) throws IOException {
    return scorer(topic, security, "http: {host: 0.0.0.0, port: 8080}\n");
  }

  private static GenericContainer<?> scorer(String topic, Security security, String http)
      throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve("config"));
    Files.writeString(
        folder.resolve(topic + ".yaml"),
        "applicationId: "
            + topic
            + "\nkafka:\n  bootstrap.servers: kafka:"
            + security.port
            + "\n  state.dir: /tmp/state\n"
            + security.settings
            + "input: {topic: "
            + topic
            + "}\nmodel: {path: /bundles/bundle}\noutput: {createTopics: true, scored: "
            + topic
            + "-scored}\nalerts: {falseAlarmRate: 1.0e-6}\nschemaRegistry:\n"
            + "  schema.registry.url: ${env:SCHEMA_REGISTRY_URL}\n"
            + http);
    return new GenericContainer<>(Docker.image("weir/scorer"))
        .withNetwork(network)
        .withEnv("SCHEMA_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7")
        .withFileSystemBind(FOLDER.resolve("model").toString(), "/bundles", BindMode.READ_ONLY)
        .withFileSystemBind(folder.toString(), "/etc/weir", BindMode.READ_ONLY)
        .withTmpFs(Map.of("/tmp", "rw,exec,mode=1777"))
        .withCreateContainerCmdModifier(
            command ->
                Optional.ofNullable(command.getHostConfig())
                    .orElseThrow()
                    .withReadonlyRootfs(true)
                    .withMemory(1L << 30))
        .withCommand("score", "/etc/weir/" + topic + ".yaml")
        .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(3)));
  }

  /** Good rows, one that is far off, and one that cannot be read. */
  private static void write(String topic) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < GOOD; i++) {
      records.add(
          new ProducerRecord<>(topic, "good-" + i, TinyHistory.json(TinyHistory.row(random))));
    }
    records.add(new ProducerRecord<>(topic, "far-off", "{\"a\":1.5,\"b\":777.25,\"c\":null}"));
    records.add(new ProducerRecord<>(topic, "broken", "{\"a\":"));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (ProducerRecord<String, String> record : records) {
        producer.send(record).get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** The broker's key and certificate; beside the configs, what trusts it. */
  private static Path keys() throws Exception {
    Path config = Files.createDirectories(FOLDER.resolve("config"));
    Path keys = FOLDER.resolve("kafka.p12");
    Path certificate = FOLDER.resolve("kafka.pem");
    Path trust = config.resolve("trust.p12");
    Files.deleteIfExists(keys);
    Files.deleteIfExists(trust);
    keytool(
        "-genkeypair",
        "-alias",
        "kafka",
        "-keyalg",
        "RSA",
        "-dname",
        "CN=kafka",
        "-ext",
        "SAN=dns:kafka",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        keys.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "kafka",
        "-keystore",
        keys.toString(),
        "-file",
        certificate.toString());
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "kafka",
        "-storetype",
        "PKCS12",
        "-file",
        certificate.toString(),
        "-keystore",
        trust.toString());
    return keys;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
