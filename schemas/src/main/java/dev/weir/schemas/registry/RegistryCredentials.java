package dev.weir.schemas.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * Who the client says that it is, under the keys of Confluent's client.
 *
 * @param authorization the {@code Authorization} of every request, if it is one that stays
 * @param tokens where to get one that does not stay
 * @param headers more headers of every request
 */
record RegistryCredentials(
    Optional<String> authorization, Optional<TokenSource> tokens, Map<String, String> headers) {
  private static final String BASIC_SOURCE = "basic.auth.credentials.source";
  private static final String USER_INFO = "basic.auth.user.info";
  private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  private static final String TOKEN = "bearer.auth.token";
  private static final String ISSUER = "bearer.auth.issuer.endpoint.url";

  /**
   * Where and as whom to get an access token (OAuth 2.0's client credentials grant, RFC 6749, 4.4).
   *
   * @param expiryBuffer how long before its end a token is no longer used
   */
  record TokenSource(
      URI issuer, String authorization, Optional<String> scope, Duration expiryBuffer) {
    @Override
    public String toString() {
      return issuer.toString();
    }
  }

  RegistryCredentials {
    headers = Map.copyOf(headers);
  }

  static RegistryCredentials from(RegistryKeys keys) {
    Optional<String> basic = keys.text(BASIC_SOURCE);
    Optional<String> bearer = keys.text(BEARER_SOURCE);
    if (basic.isPresent() && bearer.isPresent()) {
      throw new ConfigException(
          BASIC_SOURCE + " and " + BEARER_SOURCE + " are both set; remove one of them");
    }
    return bearer.isPresent() ? bearer(bearer.get(), keys) : basic(basic.orElse("URL"), keys);
  }

  private static RegistryCredentials basic(String source, RegistryKeys keys) {
    return switch (source) {
      case "URL" -> new RegistryCredentials(Optional.empty(), Optional.empty(), Map.of());
      case "USER_INFO" -> always(basic(userInfo(keys)));
      case "SASL_INHERIT" -> always(basic(saslUserInfo(keys)));
      default ->
          throw new ConfigException(
              BASIC_SOURCE,
              source,
              "expected URL (user:password@ in the URL), USER_INFO or SASL_INHERIT");
    };
  }

  private static RegistryCredentials bearer(String source, RegistryKeys keys) {
    Map<String, String> headers = new TreeMap<>();
    keys.text("bearer.auth.logical.cluster").ifPresent(v -> headers.put("target-sr-cluster", v));
    keys.text("bearer.auth.identity.pool.id")
        .ifPresent(v -> headers.put("Confluent-Identity-Pool-Id", v));
    return switch (source) {
      case "STATIC_TOKEN" ->
          new RegistryCredentials(
              Optional.of("Bearer " + required(keys, TOKEN, BEARER_SOURCE, source)),
              Optional.empty(),
              headers);
      case "OAUTHBEARER" ->
          new RegistryCredentials(Optional.empty(), Optional.of(tokens(keys, source)), headers);
      default ->
          throw new ConfigException(
              BEARER_SOURCE,
              source,
              "expected STATIC_TOKEN or OAUTHBEARER; others are not supported by Weir's registry"
                  + " client");
    };
  }

  private static TokenSource tokens(RegistryKeys keys, String source) {
    String url = required(keys, ISSUER, BEARER_SOURCE, source);
    String client =
        required(keys, "bearer.auth.client.id", BEARER_SOURCE, source)
            + ":"
            + required(keys, "bearer.auth.client.secret", BEARER_SOURCE, source);
    URI issuer;
    try {
      issuer = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(ISSUER, url, "not a URL");
    }
    if (issuer.getHost() == null || !List.of("http", "https").contains(issuer.getScheme())) {
      throw new ConfigException(ISSUER, url, "expected for example https://login/oauth2/token");
    }
    return new TokenSource(
        issuer,
        basic(client),
        keys.text("bearer.auth.scope"),
        Duration.ofSeconds(keys.number("bearer.auth.cache.expiry.buffer.seconds", 300, 0)));
  }

  private static String userInfo(RegistryKeys keys) {
    String userInfo = keys.text(USER_INFO).orElse("");
    if (userInfo.indexOf(':') < 1) {
      // Its value is a secret and stays out of the message.
      throw new ConfigException(
          "Missing or malformed "
              + USER_INFO
              + ": with "
              + BASIC_SOURCE
              + "=USER_INFO it must be user:password");
    }
    return userInfo;
  }

  /** User and password of the client's own connection to Kafka. */
  private static String saslUserInfo(RegistryKeys keys) {
    Object jaas = keys.value("sasl.jaas.config");
    if (jaas != null) {
      Password secret = jaas instanceof Password p ? p : new Password(jaas.toString());
      List<AppConfigurationEntry> entries =
          JaasContext.loadClientContext(Map.of("sasl.jaas.config", secret)).configurationEntries();
      String user = JaasContext.configEntryOption(entries, "username", null);
      String password = JaasContext.configEntryOption(entries, "password", null);
      if (user != null && password != null) {
        return user + ":" + password;
      }
    }
    throw new ConfigException(
        "Missing or malformed sasl.jaas.config: with "
            + BASIC_SOURCE
            + "=SASL_INHERIT it must stand beside the registry's settings and hold username and"
            + " password");
  }

  private static String required(RegistryKeys keys, String key, String by, String source) {
    return keys.text(key)
        .orElseThrow(
            () -> new ConfigException("Missing " + key + ": " + by + "=" + source + " needs it"));
  }

  private static RegistryCredentials always(String authorization) {
    return new RegistryCredentials(Optional.of(authorization), Optional.empty(), Map.of());
  }

  static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "RegistryCredentials" + headers.keySet();
  }
}
