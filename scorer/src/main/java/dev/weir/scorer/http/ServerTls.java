package dev.weir.scorer.http;

import dev.weir.model.error.InvalidInputException;
import dev.weir.schemas.secret.Secrets;
import dev.weir.scorer.config.HttpTlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** The certificate that is shown, read by Kafka's own code: PEM, PKCS 12 and JKS. */
final class ServerTls {
  private static final ConfigDef KEYS = new ConfigDef().withClientSslSupport();

  private ServerTls() {}

  /**
   * A context of that certificate.
   *
   * @throws InvalidInputException if there is none, or if the password is wrong
   */
  static SSLContext context(HttpTlsConfig config) {
    Map<String, Object> settings = new HashMap<>();
    String password = Secrets.resolve("http.tls.password", config.password());
    if (config.keystore() == null) {
      settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
      settings.put(
          SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
          read("http.tls.certificate", config.certificate()));
      settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read("http.tls.key", config.key()));
      settings.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, password);
    } else {
      read("http.tls.keystore", config.keystore());
      boolean isJks = config.keystore().toLowerCase(Locale.ROOT).endsWith(".jks");
      settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, isJks ? "JKS" : "PKCS12");
      settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, config.keystore());
      settings.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, password);
    }
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(KEYS.parse(settings));
      return factory.sslContext();
    } catch (KafkaException e) {
      throw new InvalidInputException(
          "http.tls cannot be used: "
              + e.getMessage()
              + (e.getCause() == null ? "" : ": " + e.getCause().getMessage())
              + ". Check the files and the password",
          e);
    }
  }

  /** Only what is safe today. */
  static SSLParameters parameters(SSLContext context) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return parameters;
  }

  /** Looked at first, so that the error names the key. */
  private static String read(String key, String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new InvalidInputException(key + ": " + file + " cannot be read (" + e + ")", e);
    }
  }
}
