package dev.weir.schemas.registry;

import dev.weir.schemas.secret.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** The door to a registry: from configuration to a client. */
public final class SchemaRegistries {
  private static final String MOCK = "mock://";

  /** Long enough to spare the registry a flood, short enough that a late schema is soon found. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

  private SchemaRegistries() {}

  /**
   * Opens the registry that {@code schema.registry.url} names: {@code mock://scope} inside this
   * process, or one or more {@code http(s)} URLs of a registry that speaks Confluent's REST API
   * (tried in turn until one answers). No request is made yet. The caller closes the client.
   *
   * <p>Further keys, all optional: {@code basic.auth.credentials.source} (URL, USER_INFO or
   * SASL_INHERIT), {@code basic.auth.user.info}, {@code bearer.auth.credentials.source}
   * (STATIC_TOKEN or OAUTHBEARER) and the other {@code bearer.auth.*}, {@code
   * schema.registry.ssl.*} as in Kafka's clients, {@code normalize.schemas} (false), {@code
   * http.connect.timeout.ms} (5000), {@code http.read.timeout.ms} (10000), {@code max.retries} (3),
   * {@code retries.wait.ms} (1000), {@code retries.max.wait.ms} (20000, which also bounds what a
   * registry may ask for by {@code Retry-After}). Keys of other parts of Kafka may be in the map
   * and are passed over.
   *
   * @return a thread-safe client which remembers every schema and registration that it has seen, so
   *     that these are served without the registry
   * @throws ConfigException if a key is missing, wrong or not supported; the message names it and
   *     what would be right
   */
  public static SchemaRegistry open(Map<String, ?> settings) {
    Map<String, Object> config = Secrets.resolveAll("schemaRegistry", settings);
    List<String> urls = RegistryConfig.urls(config);
    if (urls.stream().noneMatch(url -> url.startsWith(MOCK))) {
      return new CachingSchemaRegistry(
          new RestSchemaRegistry(RegistryConfig.from(config)), UNKNOWN_FOR, System::nanoTime);
    }
    String scope = urls.get(0).substring(MOCK.length());
    if (urls.size() > 1 || scope.isEmpty()) {
      throw new ConfigException(
          RegistryConfig.URL + ": expected one mock://name, or URLs that begin with http");
    }
    return MockSchemaRegistry.ofScope(scope);
  }
}
