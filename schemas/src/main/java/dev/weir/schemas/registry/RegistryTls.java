package dev.weir.schemas.registry;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How a registry's certificate is checked and which one the client shows: Kafka's own {@code ssl.*}
 * keys after {@code schema.registry.}, read by Kafka's own code (JKS, PKCS12 and PEM).
 *
 * @param context trusts what the trust store holds, or what the JVM trusts if there is none
 * @param parameters protocols and cipher suites
 */
record RegistryTls(SSLContext context, SSLParameters parameters) {
  private static final String PREFIX = "schema.registry.";
  private static final ConfigDef KEYS = new ConfigDef().withClientSslSupport();

  /** Empty if no key is set: the JVM's settings hold then. */
  static Optional<RegistryTls> from(Map<String, ?> config) {
    Map<String, Object> given = new HashMap<>();
    config.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX + "ssl.") && value != null) {
            String bare = key.substring(PREFIX.length());
            if (!KEYS.names().contains(bare)
                || bare.equals(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG)) {
              throw new ConfigException(key + " is not supported by Weir's registry client");
            }
            given.put(bare, value);
          }
        });
    return given.isEmpty() ? Optional.empty() : Optional.of(of(given));
  }

  private static RegistryTls of(Map<String, Object> given) {
    try (DefaultSslEngineFactory stores = new DefaultSslEngineFactory()) {
      Map<String, Object> settings = KEYS.parse(given);
      stores.configure(settings);
      SSLContext context = context(settings);
      context.init(
          keyManagers(stores.keystore(), settings),
          trustManagers(stores.truststore(), settings),
          random(settings));
      return new RegistryTls(context, parameters(settings, context));
    } catch (GeneralSecurityException | KafkaException e) {
      throw unusable(e);
    }
  }

  private static SSLContext context(Map<String, Object> settings) throws GeneralSecurityException {
    String protocol = text(settings, SslConfigs.SSL_PROTOCOL_CONFIG);
    String provider = text(settings, SslConfigs.SSL_PROVIDER_CONFIG);
    return provider.isEmpty()
        ? SSLContext.getInstance(protocol)
        : SSLContext.getInstance(protocol, provider);
  }

  /** Null for the JVM's own. */
  private static SecureRandom random(Map<String, Object> settings) throws GeneralSecurityException {
    String algorithm = text(settings, SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG);
    return algorithm.isEmpty() ? null : SecureRandom.getInstance(algorithm);
  }

  private static KeyManager[] keyManagers(KeyStore store, Map<String, Object> settings)
      throws GeneralSecurityException {
    if (store == null) {
      return new KeyManager[0];
    }
    Password own = (Password) settings.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG);
    Password ofStore = (Password) settings.get(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
    Password password = own == null ? ofStore : own;
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(text(settings, SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG));
    factory.init(store, password == null ? null : password.value().toCharArray());
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(KeyStore store, Map<String, Object> settings)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(
            text(settings, SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG));
    factory.init(store);
    String check = text(settings, SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    return switch (check) {
      case "https", "HTTPS" -> factory.getTrustManagers();
      case "" ->
          Arrays.stream(factory.getTrustManagers())
              .map(m -> m instanceof X509TrustManager x ? new AnyHostTrust(x) : m)
              .toArray(TrustManager[]::new);
      default ->
          throw new ConfigException(
              PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
              check,
              "expected https, or nothing to accept a certificate of another host");
    };
  }

  private static SSLParameters parameters(Map<String, Object> settings, SSLContext context) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    List<?> protocols = (List<?>) settings.get(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG);
    parameters.setProtocols(protocols.toArray(String[]::new));
    List<?> suites = (List<?>) settings.get(SslConfigs.SSL_CIPHER_SUITES_CONFIG);
    if (suites != null && !suites.isEmpty()) {
      parameters.setCipherSuites(suites.toArray(String[]::new));
    }
    return parameters;
  }

  private static String text(Map<String, Object> settings, String key) {
    Object value = settings.get(key);
    return value == null ? "" : value.toString().trim();
  }

  private static ConfigException unusable(Exception cause) {
    String reason = cause.getCause() == null ? "" : ": " + cause.getCause().getMessage();
    ConfigException failure =
        new ConfigException(
            "Cannot set up TLS for the schema registry: "
                + cause.getMessage()
                + reason
                + ". Check location, type and password of schema.registry.ssl.truststore.* and"
                + " schema.registry.ssl.keystore.*");
    failure.initCause(cause);
    return failure;
  }
}
