package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {
  private static final String USER_SECRET = "Basic dXNlcjpzM2NyZXQ="; // user:s3cret

  @Test
  void shouldHaveDefaults() {
    assertThat(RegistryConfig.from(config(Map.of())))
        .isEqualTo(
            new RegistryConfig(
                List.of(Endpoint.parse("http://a:8081")),
                new RegistryCredentials(Optional.empty(), Optional.empty(), Map.of()),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(20)),
                false));
  }

  @Test
  void shouldReadSeveralUrlsAsTextOrList() {
    for (Object urls :
        List.of("http://a:1/, https://b/x/", List.of("http://a:1/", "https://b/x/"))) {
      assertThat(RegistryConfig.from(Map.of("schema.registry.url", urls)).endpoints())
          .extracting(Endpoint::base)
          .containsExactly("http://a:1", "https://b/x");
    }
  }

  @Test
  void shouldPreferThePrefixedKey() {
    var config = config(Map.of("max.retries", "1", "schema.registry.max.retries", 2));
    assertThat(RegistryConfig.from(config).retry().retries()).isEqualTo(2);
  }

  @Test
  void shouldTakeCredentialsFromTheUrlAndOutOfIt() {
    Endpoint endpoint = endpoint(Map.of("schema.registry.url", "http://user:s3cret@a:1"));
    assertThat(endpoint.authorization()).contains(USER_SECRET);
    assertThat(endpoint.base()).isEqualTo("http://a:1");
    assertThat(endpoint.toString()).isEqualTo("http://a:1");
  }

  @Test
  void shouldDecodeCredentialsInTheUrl() {
    Endpoint endpoint = endpoint(Map.of("schema.registry.url", "http://user:s%33cret@a:1"));
    assertThat(endpoint.authorization()).contains(USER_SECRET);
  }

  @Test
  void shouldTakeCredentialsFromUserInfo() {
    for (Object userInfo : List.of("user:s3cret", new Password("user:s3cret"))) {
      Map<String, Object> config = new HashMap<>();
      config.put("schema.registry.url", "http://other:word@a:1");
      config.put("basic.auth.credentials.source", "USER_INFO");
      config.put("basic.auth.user.info", userInfo);
      assertThat(endpoint(config).authorization()).contains(USER_SECRET);
    }
  }

  @Test
  void shouldSendNoCredentialsUnlessToldTo() {
    assertThat(endpoint(config(Map.of("basic.auth.user.info", "user:s3cret"))).authorization())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", ":s3cret"})
  void shouldNotShowMalformedUserInfo(String userInfo) {
    Map<String, Object> config =
        config(
            Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", userInfo));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistryConfig.from(config))
        .withMessageContainingAll("basic.auth.user.info", "user:password")
        .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@a b:1",
        "http://user:s3cret@",
        "ftp://user:s3@cret@a:1",
        "user:s3cret@a:1",
        "http://user:s3cret@schema_registry:1"
      })
  void shouldNotShowThePasswordOfAMalformedUrl(String url) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> endpoint(Map.of("schema.registry.url", url)))
        .satisfies(e -> assertThat(e).hasMessageNotContainingAny("s3", "cret"))
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "http.connect.timeout.ms, 0",
    "http.read.timeout.ms, soon",
    "max.retries, -1",
    "basic.auth.credentials.source, KERBEROS",
    "bearer.auth.credentials.source, CUSTOM",
    "schema.registry.ssl.engine.factory.class, com.example.Mine",
    "schema.registry.ssl.trusted, yes",
    "normalize.schemas, perhaps",
    "proxy.host, proxy"
  })
  void shouldRefuseWhatItDoesNotSupport(String key, String value) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistryConfig.from(config(Map.of(key, value))))
        .withMessageContaining(key);
  }

  @ParameterizedTest
  @CsvSource({
    "STATIC_TOKEN, bearer.auth.token",
    "OAUTHBEARER, bearer.auth.issuer.endpoint.url",
  })
  void shouldNameTheKeyThatIsMissing(String source, String missing) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () -> RegistryConfig.from(config(Map.of("bearer.auth.credentials.source", source))))
        .withMessageContainingAll(missing, source);
  }

  @Test
  void shouldTakeATokenFromTheConfiguration() {
    RegistryConfig read =
        RegistryConfig.from(
            config(
                Map.of(
                    "schema.registry.url", "http://user:word@a:1",
                    "bearer.auth.credentials.source", "STATIC_TOKEN",
                    "bearer.auth.token", new Password("s3cret"),
                    "bearer.auth.logical.cluster", "lsrc-1",
                    "schema.registry.bearer.auth.identity.pool.id", "pool-1")));
    assertThat(read.endpoints().get(0).authorization()).contains("Bearer s3cret");
    assertThat(read.credentials().headers())
        .containsOnly(
            Map.entry("target-sr-cluster", "lsrc-1"),
            Map.entry("Confluent-Identity-Pool-Id", "pool-1"));
    assertThat(read.toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldRefuseTwoKindsOfCredentials() {
    Map<String, Object> config =
        config(
            Map.of(
                "basic.auth.credentials.source", "USER_INFO",
                "bearer.auth.credentials.source", "STATIC_TOKEN"));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistryConfig.from(config))
        .withMessageContainingAll("basic.auth", "bearer.auth", "remove one");
  }

  @Test
  void shouldInheritTheCredentialsOfTheKafkaClient() {
    for (String login : List.of("plain.PlainLoginModule", "scram.ScramLoginModule")) {
      String jaas =
          "org.apache.kafka.common.security.%s required username=\"user\" password=\"s3cret\";"
              .formatted(login);
      for (Object value : List.of(jaas, new Password(jaas))) {
        Map<String, Object> config =
            config(
                Map.of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", value));
        assertThat(endpoint(config).authorization()).contains(USER_SECRET);
      }
    }
  }

  @Test
  void shouldSayThatThereIsNothingToInherit() {
    Map<String, Object> config = config(Map.of("basic.auth.credentials.source", "SASL_INHERIT"));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> RegistryConfig.from(config))
        .withMessageContainingAll("sasl.jaas.config", "username");
  }

  private static Endpoint endpoint(Map<String, ?> config) {
    return RegistryConfig.from(config).endpoints().get(0);
  }

  private static Map<String, Object> config(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", "http://a:8081"));
    config.putAll(more);
    return config;
  }
}
