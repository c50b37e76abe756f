package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static dev.weir.schemas.TestRecords.POINT_WITHOUT_DEFAULT;
import static dev.weir.schemas.TestRecords.POINT_WITH_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MockSchemaRegistryTest {
  private static final String SCOPE = "mock-registry-test";

  private final SchemaRegistry registry = MockSchemaRegistry.ofScope(SCOPE);

  @AfterEach
  void dropScope() {
    MockSchemaRegistry.drop(SCOPE);
  }

  @Test
  void shouldGiveTheSameIdToTheSameSchema() {
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.register("b-value", POINT)).isEqualTo(1);
  }

  @Test
  void shouldNumberSchemasInOrderOfRegistration() {
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.register("a-value", POINT_WITH_DEFAULT)).isEqualTo(2);
    assertThat(registry.byId(1)).isEqualTo(POINT);
    assertThat(registry.byId(2)).isEqualTo(POINT_WITH_DEFAULT);
  }

  @Test
  void shouldBeSharedByAllClientsOfAScope() {
    // Given
    SchemaRegistry other = MockSchemaRegistry.ofScope(SCOPE);

    // When
    int id = registry.register("a-value", POINT);
    registry.close();

    // Then
    assertThat(other.byId(id)).isEqualTo(POINT);
  }

  @Test
  void shouldKeepScopesApart() {
    // Given
    registry.register("a-value", POINT);

    // When
    MockSchemaRegistry.drop(SCOPE);

    // Then
    assertNotFound(40403, () -> MockSchemaRegistry.ofScope(SCOPE).byId(1));
  }

  @Test
  void shouldLookUpWithoutRegistering() {
    assertNotFound(40401, () -> registry.lookUp("a-value", POINT));
    registry.register("a-value", POINT);
    assertThat(registry.lookUp("a-value", POINT)).isEqualTo(1);
    assertNotFound(40403, () -> registry.lookUp("a-value", POINT_WITH_DEFAULT));
  }

  @Test
  void shouldRefuseAnIncompatibleVersion() {
    // Given
    registry.register("a-value", POINT);

    // Then
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> registry.register("a-value", POINT_WITHOUT_DEFAULT))
        .withMessageContainingAll("a-value", "y")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INCOMPATIBLE))
        .satisfies(e -> assertThat(e.status()).isEqualTo(409));
    assertThat(registry.register("b-value", POINT_WITHOUT_DEFAULT)).isEqualTo(2);
  }

  private static void assertNotFound(int code, Runnable call) {
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code));
  }
}
