package dev.weir.schemas.registry;

import static dev.weir.schemas.TestRecords.POINT;
import static dev.weir.schemas.TestRecords.POINT_WITH_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class CachingSchemaRegistryTest {
  private final CountingRegistry delegate = new CountingRegistry();
  private long now = Long.MAX_VALUE - 5; // nanoTime may overflow

  private final SchemaRegistry registry =
      new CachingSchemaRegistry(delegate, Duration.ofNanos(10), () -> now);

  @Test
  void shouldRegisterOnce() {
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.lookUp("a-value", POINT)).isEqualTo(1);
    registry.register("b-value", POINT);
    registry.register("a-value", POINT_WITH_DEFAULT);

    assertThat(delegate.calls)
        .containsExactly("register a-value", "register b-value", "register a-value");
  }

  @Test
  void shouldLookUpOnce() {
    // Given
    delegate.schemas.register("a-value", SchemaDefinition.avro(POINT));

    // When
    registry.lookUp("a-value", POINT);
    registry.lookUp("a-value", POINT);

    // Then
    assertThat(delegate.calls).containsExactly("lookUp a-value");
  }

  @Test
  void shouldTellSchemasApartThatDifferInTheirDocumentation() {
    // Given
    Schema documented =
        Schema.createRecord(
            "Point",
            "A place.",
            "test",
            false,
            List.of(new Schema.Field("x", Schema.create(Schema.Type.INT))));

    // Then
    assertThat(registry.register("a-value", POINT)).isEqualTo(1);
    assertThat(registry.register("a-value", documented)).isEqualTo(2);
  }

  @Test
  void shouldFetchASchemaOnce() {
    // Given
    int id = delegate.schemas.register("a-value", SchemaDefinition.avro(POINT));

    // Then
    assertThat(registry.byId(id)).isSameAs(registry.byId(id));
    assertThat(delegate.calls).containsExactly("fetch 1");
  }

  @Test
  void shouldRememberForAWhileThatAnIdIsUnknown() {
    // Given
    assertUnknown(1);
    now += 9;
    assertUnknown(1);
    assertThat(delegate.calls).containsExactly("fetch 1");

    // When
    delegate.schemas.register("a-value", SchemaDefinition.avro(POINT));
    assertUnknown(1);
    now += 1;

    // Then
    assertThat(registry.byId(1)).isEqualTo(POINT);
  }

  @Test
  void shouldKnowAnIdAsSoonAsItIsRegisteredHere() {
    assertUnknown(1);
    registry.register("a-value", POINT);
    assertThat(registry.byId(1)).isEqualTo(POINT);
  }

  @Test
  void shouldForgetTheOldestUnknownIdsWhenThereAreTooMany() {
    // Given
    for (int id = 1; id <= 1_001; id++) {
      assertUnknown(id);
    }
    delegate.calls.clear();

    // When
    assertUnknown(1_001);
    assertUnknown(1);

    // Then
    assertThat(delegate.calls).containsExactly("fetch 1");
  }

  @Test
  void shouldNotRememberThatTheRegistryWasDown() {
    // Given
    int id = delegate.schemas.register("a-value", SchemaDefinition.avro(POINT));
    delegate.down = true;
    assertThatExceptionOfType(SchemaRegistryException.class).isThrownBy(() -> registry.byId(id));

    // When
    delegate.down = false;

    // Then
    assertThat(registry.byId(id)).isEqualTo(POINT);
  }

  @Test
  void shouldFetchByGuidOnce() {
    // Given
    int id = delegate.schemas.register("a-value", SchemaDefinition.avro(POINT));
    UUID guid = delegate.schemas.fetch(id).guid().orElseThrow();

    // Then
    assertThat(registry.fetch(guid)).isSameAs(registry.fetch(guid));
    assertThat(registry.fetch(guid).avro()).isEqualTo(POINT);
    assertThat(delegate.calls).containsExactly("fetch " + guid);
  }

  @Test
  void shouldRememberForAWhileThatAGuidIsUnknown() {
    // Given
    UUID guid = new UUID(1, 2);
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(SchemaRegistryException.class)
          .isThrownBy(() -> registry.fetch(guid))
          .withMessageContaining(guid.toString());
    }

    // Then
    assertThat(delegate.calls).containsExactly("fetch " + guid);
  }

  @Test
  void shouldKeepVersionsButAskForTheLatestEachTime() {
    // Given
    registry.register("a-value", POINT);
    assertThat(registry.latest("a-value").version()).isEqualTo(1);
    assertThat(registry.version("a-value", 1)).isSameAs(registry.version("a-value", 1));

    // When
    registry.register("a-value", POINT_WITH_DEFAULT);

    // Then
    assertThat(registry.latest("a-value").version()).isEqualTo(2);
    assertThat(delegate.calls)
        .filteredOn(call -> call.startsWith("version"))
        .containsExactly("version 1 of a-value");
  }

  @Test
  void shouldCloseWhatItDecorates() {
    registry.close();
    assertThat(delegate.calls).containsExactly("close");
  }

  private void assertUnknown(int id) {
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> registry.byId(id))
        .withMessageContaining("Schema " + id)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
        .satisfies(e -> assertThat(e.errorCode()).isEqualTo(40403));
  }

  private static final class CountingRegistry extends ForwardingSchemaRegistry {
    private final RegisteredSchemas schemas;
    private final List<String> calls = new ArrayList<>();
    private boolean down;

    CountingRegistry() {
      this(new RegisteredSchemas());
    }

    private CountingRegistry(RegisteredSchemas schemas) {
      super(schemas);
      this.schemas = schemas;
    }

    @Override
    public int register(String subject, SchemaDefinition schema) {
      calls.add("register " + subject);
      return super.register(subject, schema);
    }

    @Override
    public int lookUp(String subject, SchemaDefinition schema) {
      calls.add("lookUp " + subject);
      return super.lookUp(subject, schema);
    }

    @Override
    public RegisteredSchema fetch(int id) {
      calls.add("fetch " + id);
      if (down) {
        throw new SchemaRegistryException(Kind.UNAVAILABLE, 503, 0, "down");
      }
      return super.fetch(id);
    }

    @Override
    public RegisteredSchema fetch(UUID guid) {
      calls.add("fetch " + guid);
      return super.fetch(guid);
    }

    @Override
    public SchemaVersion version(String subject, int version) {
      calls.add("version " + version + " of " + subject);
      return super.version(subject, version);
    }

    @Override
    public SchemaVersion latest(String subject) {
      calls.add("latest " + subject);
      return super.latest(subject);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
