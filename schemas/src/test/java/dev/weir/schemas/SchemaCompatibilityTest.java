package dev.weir.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds each schema against every version of it that was released: each must be able to read what
 * the other wrote. A release adds a copy to {@code src/test/resources/released}; none is changed.
 */
class SchemaCompatibilityTest {
  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path RELEASED = Path.of("src/test/resources/released");

  static List<Path> currentSchemas() throws IOException {
    return files(CURRENT);
  }

  static List<Path> releasedSchemas() throws IOException {
    return files(RELEASED);
  }

  @ParameterizedTest
  @MethodSource("releasedSchemas")
  void shouldReadAndBeReadByEveryReleasedVersion(Path releasedFile) throws IOException {
    // Given
    Schema released = parse(releasedFile);
    Schema current = parse(CURRENT.resolve(released.getName() + ".avsc"));

    // Then
    assertThat(incompatibilities(current, released)).as("new reader, old record").isEmpty();
    assertThat(incompatibilities(released, current)).as("old reader, new record").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("currentSchemas")
  void shouldHaveAReleasedVersion(Path file) throws IOException {
    assertThat(releasedSchemas())
        .anyMatch(r -> r.getFileName().toString().startsWith(parse(file).getName() + "-"));
  }

  @ParameterizedTest
  @MethodSource("currentSchemas")
  void shouldDocumentEveryTypeAndField(Path file) throws IOException {
    assertThat(undocumented(parse(file))).isEmpty();
  }

  @Test
  void shouldNoticeAFieldAddedWithoutDefault() throws IOException {
    // Given
    Schema released = parse(RELEASED.resolve("ScoredRecord-0.1.avsc"));
    Schema added = withField(released, new Schema.Field("incident", string(), "An incident."));

    // Then
    assertThat(incompatibilities(added, released)).isNotEmpty();
  }

  @Test
  void shouldAllowAFieldAddedWithDefault() throws IOException {
    // Given
    Schema released = parse(RELEASED.resolve("Alert-0.1.avsc"));
    Schema added = withField(released, new Schema.Field("incident", string(), "An incident.", ""));

    // Then
    assertThat(incompatibilities(added, released)).isEmpty();
    assertThat(incompatibilities(released, added)).isEmpty();
  }

  private static Schema string() {
    return Schema.create(Schema.Type.STRING);
  }

  private static Schema withField(Schema record, Schema.Field field) {
    List<Schema.Field> fields = new ArrayList<>();
    record.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
    fields.add(field);
    return Schema.createRecord(
        record.getName(), record.getDoc(), record.getNamespace(), false, fields);
  }

  private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities();
  }

  private static List<String> undocumented(Schema schema) {
    List<String> found = new ArrayList<>();
    switch (schema.getType()) {
      case RECORD -> {
        require(schema.getDoc(), schema.getFullName(), found);
        for (Schema.Field field : schema.getFields()) {
          require(field.doc(), schema.getFullName() + "." + field.name(), found);
          found.addAll(undocumented(field.schema()));
        }
      }
      case ENUM -> require(schema.getDoc(), schema.getFullName(), found);
      case ARRAY -> found.addAll(undocumented(schema.getElementType()));
      case MAP -> found.addAll(undocumented(schema.getValueType()));
      case UNION -> schema.getTypes().forEach(type -> found.addAll(undocumented(type)));
      default -> {}
    }
    return found;
  }

  private static void require(String doc, String name, List<String> found) {
    if (doc == null || doc.isBlank()) {
      found.add(name);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".avsc")).sorted().toList();
    }
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
