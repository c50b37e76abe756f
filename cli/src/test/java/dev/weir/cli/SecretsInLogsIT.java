package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.schemas.registry.LocalRegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code weir score}, as a process of its own that logs all it can, Kafka's clients included, and
 * has secrets in its config: in plain text, in its environment, and in a file. None is in its log.
 */
@Timeout(180)
class SecretsInLogsIT {
  /** What each secret would look like in the log. */
  private static final Map<String, String> SECRETS =
      new TreeMap<>(
          Map.of(
              "jaas in plain text", "pl41n-j44s",
              "jaas of a file", "f1le-j44s",
              "trust store's, of the environment", "env-tru5t",
              "key store's, of a file", "f1le-k3ystore",
              "key's, in plain text", "pl41n-k3y",
              "registry's, in plain text", "pl41n-reg1stry",
              "console's, of the environment", "env-c0nsole"));

  private static EmbeddedBroker broker;
  private static LocalRegistryServer registry;

  private static Path bundle;

  @TempDir private Path folder;

  @BeforeAll
  static void startPlatform(@TempDir Path shared) throws IOException {
    broker = EmbeddedBroker.start();
    registry = LocalRegistryServer.start();
    broker.createTopic("rows", 1);
    bundle = TinyBundle.train(shared).folder();
  }

  @AfterAll
  static void stopPlatform() {
    registry.close();
    broker.close();
  }

  @Test
  void shouldHideThemInWhatKafkaSaysOfItsSettings() throws Exception {
    Path log = folder.resolve("running.log");

    // When it runs
    Process scorer = start("PLAINTEXT", log);
    try {
      while (!Files.readString(log).contains("REBALANCING -> RUNNING")) {
        assertThat(scorer.isAlive()).as("the scorer lives, with\n%s", log(log)).isTrue();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      scorer.destroy();
      assertThat(scorer.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      scorer.destroyForcibly().waitFor();
    }

    // Then all clients have said what they are set to
    String said = log(log);
    for (String client : List.of("AdminClient", "Streams", "Consumer", "Producer")) {
      assertThat(said).contains(client + "Config values");
    }
    assertThat(said)
        .contains(
            "sasl.jaas.config = [hidden]",
            "ssl.truststore.password = [hidden]",
            "ssl.keystore.password = [hidden]",
            "ssl.key.password = [hidden]",
            "sasl.mechanism = PLAIN");
    // But not the secrets
    assertNoSecret(said);
  }

  @Test
  void shouldHideThemInWhatItSaysOfSettingsThatAreWrong() throws Exception {
    Path log = folder.resolve("failing.log");

    // When its trust store is none
    Process scorer = start("SASL_SSL", log);
    try {
      assertThat(scorer.waitFor(90, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
    } finally {
      scorer.destroyForcibly().waitFor();
    }

    // Then it says so, and keeps the password to itself
    assertThat(scorer.exitValue()).isIn(1, 2);
    String said = log(log);
    assertThat(said).contains("trust.p12", "AdminClientConfig values");
    assertNoSecret(said);
  }

  private static void assertNoSecret(String said) {
    Collection<String> found =
        SECRETS.entrySet().stream()
            .filter(secret -> said.contains(secret.getValue()))
            .map(
                secret -> {
                  int at = said.indexOf(secret.getValue());
                  return secret.getKey()
                      + ": "
                      + said.substring(Math.max(0, at - 200), Math.min(said.length(), at + 40));
                })
            .toList();
    assertThat(found).as("secrets in %d letters of log", said.length()).isEmpty();
  }

  private static String log(Path log) throws IOException {
    return Files.readString(log);
  }

  private Path config(String protocol) throws IOException {
    Properties file = new Properties();
    file.setProperty("keystore", SECRETS.get("key store's, of a file"));
    file.setProperty("jaas", jaas(SECRETS.get("jaas of a file")));
    Path secrets = folder.resolve("secrets.properties");
    try (var out = Files.newBufferedWriter(secrets, StandardCharsets.ISO_8859_1)) {
      file.store(out, null);
    }
    Path trust = Files.writeString(folder.resolve("trust.p12"), "no key store");
    return Files.writeString(
        folder.resolve("score.yaml"),
        """
        applicationId: rows
        kafka:
          bootstrap.servers: %1$s
          state.dir: %2$s
          security.protocol: %3$s
          sasl.mechanism: PLAIN
          sasl.jaas.config: '%4$s'
          producer.sasl.jaas.config: ${file:%5$s:jaas}
          ssl.truststore.location: %6$s
          ssl.truststore.password: ${env:WEIR_TEST_TRUST}
          ssl.keystore.password: ${file:%5$s:keystore}
          ssl.key.password: %7$s
        input: {topic: rows}
        model: {path: "%8$s"}
        output: {createTopics: true}
        schemaRegistry:
          schema.registry.url: %9$s
          basic.auth.credentials.source: USER_INFO
          basic.auth.user.info: weir:%10$s
        http:
          port: 0
          auth: {user: weir, password: "${env:WEIR_TEST_CONSOLE}"}
        """
            .formatted(
                broker.bootstrapServers(),
                folder.resolve("state"),
                protocol,
                jaas(SECRETS.get("jaas in plain text")),
                secrets,
                trust,
                SECRETS.get("key's, in plain text"),
                bundle,
                registry.url(),
                SECRETS.get("registry's, in plain text")));
  }

  private static String jaas(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"weir\""
        + " password=\""
        + password
        + "\";";
  }

  private Process start(String protocol, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dweir.log.level=DEBUG",
            "-Dweir.scorer.log.level=DEBUG",
            "-Dweir.kafka.log.level=DEBUG",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.weir.cli.Weir",
            "score",
            config(protocol).toString(),
            "--verbose");
    builder.environment().put("WEIR_TEST_TRUST", SECRETS.get("trust store's, of the environment"));
    builder.environment().put("WEIR_TEST_CONSOLE", SECRETS.get("console's, of the environment"));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }
}
