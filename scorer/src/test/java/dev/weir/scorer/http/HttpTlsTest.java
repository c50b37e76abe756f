package dev.weir.scorer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.scorer.config.HttpConfig;
import dev.weir.scorer.config.HttpTlsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static Path store;
  private static Path certificate;
  private static Path key;
  private static KeyStore keys;

  @BeforeAll
  static void makeCertificate() throws Exception {
    store = folder.resolve("weir.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "weir",
                "-keyalg",
                "EC",
                "-dname",
                "CN=weir",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    certificate = pem("CERTIFICATE", keys.getCertificate("weir").getEncoded());
    key = pem("PRIVATE KEY", keys.getKey("weir", PASSWORD.toCharArray()).getEncoded());
  }

  private static Path pem(String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(bytes);
    return Files.writeString(
        folder.resolve(what.replace(' ', '-') + ".pem"),
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  private static HttpEndpoint start(HttpTlsConfig tls) {
    return HttpEndpoint.start(
        new HttpConfig(null, 0, null, tls, null),
        Map.of("/metrics", () -> Answer.plain(200, "figures")),
        new EventStream(Duration.ofSeconds(1), unused -> List.of()));
  }

  @Test
  void shouldShowTheCertificateOfTwoPemFiles() throws Exception {
    try (HttpEndpoint endpoint =
        start(new HttpTlsConfig(certificate.toString(), key.toString(), null, null))) {
      assertThat(get(endpoint)).isEqualTo("figures\n");
    }
  }

  @Test
  void shouldShowTheCertificateOfAKeyStore() throws Exception {
    Files.writeString(folder.resolve("secrets.properties"), "tls=" + PASSWORD + "\n");
    String reference = "${file:" + folder.resolve("secrets.properties") + ":tls}";

    try (HttpEndpoint endpoint =
        start(new HttpTlsConfig(null, null, store.toString(), reference))) {
      assertThat(get(endpoint)).isEqualTo("figures\n");
    }
  }

  @Test
  void shouldNotAnswerInPlainText() {
    try (HttpEndpoint endpoint =
        start(new HttpTlsConfig(certificate.toString(), key.toString(), null, null))) {
      HttpRequest plain =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/metrics"))
              .timeout(Duration.ofSeconds(10))
              .build();
      assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldSayWhatIsWrongWithTheFiles() throws Exception {
    Path none = folder.resolve("none.pem");
    Path noKey = Files.writeString(folder.resolve("no-key.pem"), "nothing\n");

    assertThatThrownBy(() -> start(new HttpTlsConfig(none.toString(), key.toString(), null, null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.tls.certificate")
        .hasMessageContaining(none.toString());
    assertThatThrownBy(
            () -> start(new HttpTlsConfig(certificate.toString(), noKey.toString(), null, null)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.tls cannot be used");
    assertThatThrownBy(() -> start(new HttpTlsConfig(null, null, store.toString(), "wrong")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.tls cannot be used")
        .hasMessageContaining("password");
  }

  private static String get(HttpEndpoint endpoint) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("weir", keys.getCertificate("weir"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    return client
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + endpoint.port() + "/metrics"))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
