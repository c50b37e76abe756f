package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistriesTest {
  private static final String URL = "schema.registry.url";

  @Test
  void shouldOpenAMockRegistryByItsScope() {
    try (SchemaRegistry first = SchemaRegistries.open(Map.of(URL, "mock://registries-test"));
        SchemaRegistry second = SchemaRegistries.open(Map.of(URL, "mock://registries-test"))) {
      assertThat(second.byId(first.register("a-value", POINT))).isEqualTo(POINT);
    } finally {
      MockSchemaRegistry.drop("registries-test");
    }
  }

  @Test
  void shouldServeWhatIsKnownWhenTheRegistryIsDown() throws IOException {
    LocalRegistryServer server = LocalRegistryServer.start();
    try (SchemaRegistry registry =
        SchemaRegistries.open(Map.of(URL, server.url() + "/", "max.retries", "0"))) {
      // Given
      int id = registry.register("a-value", POINT);
      Schema schema = registry.byId(id);

      // When
      server.close();

      // Then
      assertThat(registry.register("a-value", POINT)).isEqualTo(id);
      assertThat(registry.byId(id)).isSameAs(schema);
    } finally {
      server.close();
    }
  }

  @Test
  void shouldNameTheKeyThatIsMissing() {
    for (Map<String, ?> config :
        List.of(Map.<String, Object>of(), Map.of(URL, ""), Map.of(URL, List.of()))) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> SchemaRegistries.open(config))
          .withMessageContainingAll(URL, "http://registry:8081", "mock://name");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://registry:8081",
        "registry:8081",
        "http://",
        "http://schema_registry:8081",
        "http://registry:8081?x=1",
        "http://registry :8081",
        "mock://",
        "mock://a,mock://b",
        "mock://a,http://registry:8081"
      })
  void shouldRefuseAUrlThatNamesNoRegistry(String url) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SchemaRegistries.open(Map.of(URL, url)))
        .withMessageContainingAll(URL, "mock://name");
  }
}
