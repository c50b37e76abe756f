package dev.weir.schemas.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * What the REST client is told, under the keys of Confluent's client.
 *
 * <p>As there, each key but {@code schema.registry.url} may carry the prefix {@code
 * schema.registry.}, which then wins. The timeouts are shorter than Confluent's 60 s, since a
 * stream thread that waits long for a schema loses its partitions. Keys that would change what the
 * client does and that it does not know yet are refused, never passed over.
 */
record RegistryConfig(
    List<Endpoint> endpoints, Duration connectTimeout, Duration requestTimeout, RetryPolicy retry) {
  static final String URL = "schema.registry.url";
  static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
  static final String USER_INFO = "basic.auth.user.info";

  private static final String PREFIX = "schema.registry.";
  private static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
  private static final String READ_TIMEOUT = "http.read.timeout.ms";
  private static final String RETRIES = "max.retries";
  private static final String WAIT = "retries.wait.ms";
  private static final String MAX_WAIT = "retries.max.wait.ms";

  RegistryConfig {
    endpoints = List.copyOf(endpoints);
  }

  static RegistryConfig from(Map<String, ?> config) {
    refuseUnsupported(config);
    return new RegistryConfig(
        withCredentials(urls(config).stream().map(Endpoint::parse).toList(), config),
        Duration.ofMillis(number(config, CONNECT_TIMEOUT, 5_000, 1)),
        Duration.ofMillis(number(config, READ_TIMEOUT, 10_000, 1)),
        new RetryPolicy(
            (int) number(config, RETRIES, 3, 0),
            Duration.ofMillis(number(config, WAIT, 1_000, 0)),
            Duration.ofMillis(number(config, MAX_WAIT, 20_000, 0))));
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

  private static List<Endpoint> withCredentials(List<Endpoint> endpoints, Map<String, ?> config) {
    Object source = value(config, CREDENTIALS_SOURCE);
    String from = source == null ? "URL" : source.toString().trim();
    return switch (from) {
      case "URL" -> endpoints;
      case "USER_INFO" -> {
        String userInfo = userInfo(config);
        yield endpoints.stream().map(e -> e.withUserInfo(userInfo)).toList();
      }
      default ->
          throw new ConfigException(
              CREDENTIALS_SOURCE, from, "expected URL (user:password@ in the URL) or USER_INFO");
    };
  }

  private static String userInfo(Map<String, ?> config) {
    Object value = value(config, USER_INFO);
    String userInfo =
        value instanceof Password p ? p.value() : value == null ? "" : value.toString();
    if (userInfo.indexOf(':') < 1) {
      // Its value is a secret and stays out of the message.
      throw new ConfigException(
          "Missing or malformed "
              + USER_INFO
              + ": with "
              + CREDENTIALS_SOURCE
              + "=USER_INFO it must be user:password");
    }
    return userInfo;
  }

  private static long number(Map<String, ?> config, String key, int otherwise, int least) {
    Object value = value(config, key);
    int number =
        value == null ? otherwise : (int) ConfigDef.parseType(key, value, ConfigDef.Type.INT);
    if (number < least) {
      throw new ConfigException(key, number, "expected a whole number of at least " + least);
    }
    return number;
  }

  private static Object value(Map<String, ?> config, String key) {
    Object prefixed = config.get(PREFIX + key);
    return prefixed == null ? config.get(key) : prefixed;
  }

  private static void refuseUnsupported(Map<String, ?> config) {
    for (String key : List.of("bearer.auth.credentials.source", "proxy.host")) {
      if (value(config, key) != null) {
        throw new ConfigException(
            key, value(config, key), "not supported by Weir's registry client; remove it");
      }
    }
    config.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX + "ssl.") && value != null) {
            throw new ConfigException(
                key
                    + " is not supported by Weir's registry client; remove it and give the registry's"
                    + " certificate to the JVM (-Djavax.net.ssl.trustStore=…)");
          }
        });
  }
}
