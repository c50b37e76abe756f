package dev.weir.schemas.registry;

import dev.weir.schemas.registry.RegisteredSchema.Dependency;
import dev.weir.schemas.registry.SchemaRegistryException.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Collects what a schema refers to, directly and through others, for one schema.
 *
 * <p>What is in a registry comes from many hands, so circles are refused and depth and number are
 * bounded: the bounds are far above what people write.
 */
final class ReferenceResolver {
  static final int MAX_DEPTH = 32;
  static final int MAX_DEPENDENCIES = 1_000;

  private final Function<SchemaReference, SchemaDefinition> source;
  private final Set<String> names = new HashSet<>();
  private final List<Dependency> dependencies = new ArrayList<>();

  /** The way from the schema to where the search is: subject and version of each step. */
  private final Deque<String> path = new ArrayDeque<>();

  private ReferenceResolver(Function<SchemaReference, SchemaDefinition> source) {
    this.source = source;
  }

  /**
   * All dependencies, each before those that need it.
   *
   * @param source gets what is referred to
   * @throws SchemaRegistryException of kind {@code UNUSABLE} if they cannot be had
   */
  static List<Dependency> resolve(
      List<SchemaReference> references, Function<SchemaReference, SchemaDefinition> source) {
    ReferenceResolver resolver = new ReferenceResolver(source);
    resolver.collect(references);
    return resolver.dependencies;
  }

  private void collect(List<SchemaReference> references) {
    for (SchemaReference reference : references) {
      String step = reference.version() + " " + reference.subject();
      if (path.contains(step)) {
        throw unusable(reference, "it leads back to itself");
      }
      if (names.add(reference.name())) {
        if (names.size() > MAX_DEPENDENCIES) {
          throw unusable(reference, "there are more than " + MAX_DEPENDENCIES + " references");
        }
        if (path.size() >= MAX_DEPTH) {
          throw unusable(reference, "references are nested deeper than " + MAX_DEPTH);
        }
        SchemaDefinition definition = definition(reference);
        path.push(step);
        collect(definition.references());
        path.pop();
        dependencies.add(new Dependency(reference, definition.text()));
      }
    }
  }

  private SchemaDefinition definition(SchemaReference reference) {
    try {
      return source.apply(reference);
    } catch (SchemaRegistryException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        throw new SchemaRegistryException(
            Kind.UNUSABLE,
            e.status(),
            e.errorCode(),
            "cannot follow the reference to " + reference + ": " + e.getMessage(),
            e);
      }
      throw e;
    }
  }

  private static SchemaRegistryException unusable(SchemaReference reference, String why) {
    return new SchemaRegistryException(
        Kind.UNUSABLE, 200, 0, "cannot follow the reference to " + reference + ": " + why);
  }
}
