package dev.weir.schemas.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the REST client is told, under the keys of Confluent's client.
 *
 * <p>As there, each key but {@code schema.registry.url} may carry the prefix {@code
 * schema.registry.}, which then wins. The timeouts are shorter than Confluent's 60 s, since a
 * stream thread that waits long for a schema loses its partitions. Keys that would change what the
 * client does and that it does not know yet are refused, never passed over.
 *
 * @param endpoints the URLs, each with what it carries as authorization
 * @param normalize {@code normalize.schemas}: the registry is to compare schemas in a normal form
 */
record RegistryConfig(
    List<Endpoint> endpoints,
    RegistryCredentials credentials,
    Optional<RegistryTls> tls,
    Duration connectTimeout,
    Duration requestTimeout,
    RetryPolicy retry,
    boolean normalize) {
  static final String URL = "schema.registry.url";

  RegistryConfig {
    endpoints = List.copyOf(endpoints);
  }

  static RegistryConfig from(Map<String, ?> config) {
    RegistryKeys keys = new RegistryKeys(config);
    if (keys.value("proxy.host") != null) {
      throw new ConfigException(
          "proxy.host",
          keys.value("proxy.host"),
          "not supported by Weir's registry client; remove it");
    }
    RegistryCredentials credentials = RegistryCredentials.from(keys);
    return new RegistryConfig(
        urls(config).stream().map(url -> endpoint(url, credentials)).toList(),
        credentials,
        RegistryTls.from(config),
        Duration.ofMillis(keys.number("http.connect.timeout.ms", 5_000, 1)),
        Duration.ofMillis(keys.number("http.read.timeout.ms", 10_000, 1)),
        new RetryPolicy(
            keys.number("max.retries", 3, 0),
            Duration.ofMillis(keys.number("retries.wait.ms", 1_000, 0)),
            Duration.ofMillis(keys.number("retries.max.wait.ms", 20_000, 0))),
        keys.flag("normalize.schemas"));
  }

  /** The URLs of {@code schema.registry.url}, at least one. */
  static List<String> urls(Map<String, ?> config) {
    Object value = config.get(URL);
    List<?> urls =
        value == null ? List.of() : (List<?>) ConfigDef.parseType(URL, value, ConfigDef.Type.LIST);
    List<String> named =
        urls.stream().map(u -> u.toString().trim()).filter(u -> !u.isEmpty()).toList();
    if (named.isEmpty()) {
      throw new ConfigException(
          "Missing "
              + URL
              + ": set it to the URL of the schema registry, for example http://registry:8081"
              + " (several with commas between them), or to mock://name for a registry inside this"
              + " process");
    }
    return named;
  }

  private static Endpoint endpoint(String url, RegistryCredentials credentials) {
    Endpoint endpoint = Endpoint.parse(url);
    if (credentials.tokens().isPresent()) {
      return endpoint.withoutCredentials();
    }
    return credentials.authorization().map(endpoint::withAuthorization).orElse(endpoint);
  }
}
