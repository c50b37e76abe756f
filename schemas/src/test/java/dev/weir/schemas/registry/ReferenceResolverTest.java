package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.schemas.registry.RegisteredSchema.Dependency;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceResolverTest {
  private final Map<String, List<SchemaReference>> referencesOf = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  @Test
  void shouldPutEachDependencyBeforeThoseThatNeedIt() {
    // Given: a diamond
    referencesOf.put("left", List.of(to("bottom")));
    referencesOf.put("right", List.of(to("bottom")));

    // When
    List<Dependency> dependencies = resolve(to("left"), to("right"));

    // Then
    assertThat(dependencies)
        .extracting(d -> d.reference().name())
        .containsExactly("bottom", "left", "right");
    assertThat(dependencies).extracting(Dependency::text).contains("text of bottom version 1");
    assertThat(asked).containsExactly("left", "bottom", "right");
  }

  @Test
  void shouldKeepTheFirstOfTwoVersionsUnderOneName() {
    List<Dependency> dependencies = resolve(to("a", 2), to("a", 1));
    assertThat(dependencies).extracting(Dependency::text).containsExactly("text of a version 2");
  }

  @Test
  void shouldRefuseACircle() {
    // Given
    referencesOf.put("a", List.of(to("b")));
    referencesOf.put("b", List.of(to("a")));

    // Then
    assertUnusable("back to itself", to("a"));
  }

  @Test
  void shouldRefuseACircleUnderEverNewNames() {
    // Given
    referencesOf.put("a", List.of(new SchemaReference("other name", "a", 1)));

    // Then
    assertUnusable("back to itself", to("a"));
  }

  @Test
  void shouldRefuseWhatIsTooDeep() {
    // Given
    for (int i = 0; i < ReferenceResolver.MAX_DEPTH; i++) {
      referencesOf.put("s" + i, List.of(to("s" + (i + 1))));
    }

    // Then
    assertUnusable("deeper than 32", to("s0"));
    assertThat(resolve(to("s1"))).hasSize(ReferenceResolver.MAX_DEPTH);
  }

  @Test
  void shouldRefuseTooMany() {
    SchemaReference[] many =
        IntStream.rangeClosed(0, ReferenceResolver.MAX_DEPENDENCIES)
            .mapToObj(i -> to("s" + i))
            .toArray(SchemaReference[]::new);
    assertUnusable("more than 1000", many);
  }

  @Test
  void shouldSayWhichReferenceIsMissing() {
    assertUnusable("missing (subject missing, version 1)", to("missing"));
  }

  private List<Dependency> resolve(SchemaReference... references) {
    return ReferenceResolver.resolve(
        List.of(references),
        reference -> {
          asked.add(reference.name());
          if (reference.subject().equals("missing")) {
            throw new SchemaRegistryException(Kind.NOT_FOUND, 404, 40401, "no such subject");
          }
          return new SchemaDefinition(
              SchemaType.PROTOBUF,
              "text of " + reference.subject() + " version " + reference.version(),
              referencesOf.getOrDefault(reference.subject(), List.of()));
        });
  }

  private void assertUnusable(String why, SchemaReference... references) {
    assertThatExceptionOfType(SchemaRegistryException.class)
        .isThrownBy(() -> resolve(references))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNUSABLE));
  }

  private static SchemaReference to(String name) {
    return to(name, 1);
  }

  private static SchemaReference to(String name, int version) {
    return new SchemaReference(name, name, version);
  }
}
