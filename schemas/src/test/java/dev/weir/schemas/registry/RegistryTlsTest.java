package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static dev.weir.schemas.registry.TlsFiles.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.Security;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTlsTest {
  private static final String TRUST = "schema.registry.ssl.truststore.";
  private static final String KEYS = "schema.registry.ssl.keystore.";
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @TempDir private static Path folder;
  private static TlsFiles files;
  private static Path serverKeys;
  private static Path elsewhereKeys;
  private static Path clientKeys;

  private HttpsServer server;

  @BeforeAll
  static void makeKeys() throws Exception {
    files = new TlsFiles(folder);
    serverKeys = files.keyStore("server", "PKCS12", "ip:127.0.0.1");
    elsewhereKeys = files.keyStore("elsewhere", "PKCS12", "dns:elsewhere.example");
    clientKeys = files.keyStore("client", "JKS", "dns:client");
  }

  @AfterAll
  static void stopThreads() {
    THREADS.shutdownNow();
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JKS", "PKCS12"})
  void shouldTrustWhatTheTrustStoreHolds(String type) throws Exception {
    start(serverKeys, false);
    assertServed(
        Map.of(
            TRUST + "location",
            files.trustStore(serverKeys, type).toString(),
            TRUST + "type",
            type,
            TRUST + "password",
            new Password(PASSWORD)));
  }

  @Test
  void shouldTrustACertificateInPem() throws Exception {
    start(serverKeys, false);
    assertServed(
        Map.of(
            TRUST + "location",
            files.certificate(serverKeys).toString(),
            TRUST + "type",
            "PEM",
            "schema.registry.ssl.enabled.protocols",
            "TLSv1.3"));
  }

  @Test
  void shouldTrustNobodyElse() throws Exception {
    start(serverKeys, false);
    assertRefused(Map.of());
    assertRefused(
        Map.of(
            TRUST + "location",
            files.certificate(elsewhereKeys).toString(),
            TRUST + "type",
            "PEM"));
  }

  @Test
  void shouldCheckTheHostUnlessToldNotTo() throws Exception {
    // Given
    start(elsewhereKeys, false);
    Map<String, Object> config = new HashMap<>();
    config.put(TRUST + "location", files.certificate(elsewhereKeys).toString());
    config.put(TRUST + "type", "PEM");

    // Then
    assertRefused(config);
    config.put("schema.registry.ssl.endpoint.identification.algorithm", "");
    assertServed(config);
    config.put(TRUST + "location", files.certificate(serverKeys).toString());
    assertRefused(config);
  }

  @Test
  void shouldShowItsCertificate() throws Exception {
    // Given
    start(serverKeys, true);
    Map<String, Object> config = new HashMap<>();
    config.put(TRUST + "location", files.certificate(serverKeys).toString());
    config.put(TRUST + "type", "PEM");

    // Then
    assertRefused(config);
    config.put(KEYS + "location", clientKeys.toString());
    config.put(KEYS + "type", "JKS");
    config.put(KEYS + "password", PASSWORD);
    assertServed(config);
    config.put("schema.registry.ssl.key.password", PASSWORD);
    assertServed(config);
  }

  @Test
  void shouldShowACertificateInPem() throws Exception {
    start(serverKeys, true);
    assertServed(
        Map.of(
            TRUST + "location",
            files.certificate(serverKeys).toString(),
            TRUST + "type",
            "PEM",
            KEYS + "location",
            files.pemKeyStore(clientKeys).toString(),
            KEYS + "type",
            "PEM"));
  }

  @Test
  void shouldTakeItsImplementationsFromWhereItIsToldTo() {
    // Given
    RecordingTls provider = new RecordingTls();
    Security.addProvider(provider);
    try {
      // When
      RegistryTls tls =
          RegistryTls.from(
                  Map.of(
                      "schema.registry.ssl.provider",
                      provider.getName(),
                      "schema.registry.ssl.secure.random.implementation",
                      "SHA1PRNG"))
              .orElseThrow();

      // Then: the last context is Weir's; Kafka makes one before it
      assertThat(tls.context().getProvider()).isSameAs(provider);
      assertThat(provider.randoms).last().isEqualTo("SHA1PRNG");
    } finally {
      Security.removeProvider(provider.getName());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "truststore.location, /no/such/file",
    "truststore.password, s3cret",
    "truststore.type, NONE",
    "endpoint.identification.algorithm, ldaps",
    "protocol, none"
  })
  void shouldSayWhatIsWrongWithTheSettings(String key, String value) throws Exception {
    // Given
    start(serverKeys, false);
    Map<String, Object> config = new HashMap<>();
    config.put(TRUST + "location", files.trustStore(serverKeys, "PKCS12").toString());
    config.put(TRUST + "type", "PKCS12");
    config.put(TRUST + "password", PASSWORD);

    // When
    config.put("schema.registry.ssl." + key, value);

    // Then
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> registry(config))
        .withMessageContaining("schema.registry.ssl.")
        .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret"));
  }

  private void assertServed(Map<String, ?> config) {
    try (SchemaRegistry registry = registry(config)) {
      int id = registry.register("a-value", POINT);
      assertThat(registry.byId(id)).isEqualTo(POINT);
    }
  }

  private void assertRefused(Map<String, ?> config) {
    try (SchemaRegistry registry = registry(config)) {
      assertThatExceptionOfType(SchemaRegistryException.class)
          .isThrownBy(() -> registry.byId(1))
          .withMessageContaining("schema.registry.ssl.")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  private SchemaRegistry registry(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>();
    config.put("schema.registry.url", "https://127.0.0.1:" + server.getAddress().getPort());
    config.put("max.retries", 0);
    config.putAll(more);
    return SchemaRegistries.open(config);
  }

  private void start(Path keys, boolean needsClient) throws Exception {
    SSLContext context = TlsFiles.serverContext(keys, files.trustStore(clientKeys, "PKCS12"));
    server =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(THREADS);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(needsClient);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/", new RegistryHandler(new RegisteredSchemas()));
    server.start();
  }
}
