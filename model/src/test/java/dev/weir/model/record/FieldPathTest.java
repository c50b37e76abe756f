package dev.weir.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldPathTest {

  @Test
  void shouldReadNamesFromOutsideIn() {
    assertThat(FieldPath.parse("payload.cpu.user").names())
        .containsExactly("payload", "cpu", "user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", " ", "a. .b"})
  void shouldRefuseEmptyName(String dotted) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPath.parse(dotted))
        .withMessage("field path '" + dotted + "' has an empty name; write it as outer.inner");
  }

  @Test
  void shouldRefuseNameWithDotThatItCouldNotWrite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FieldPath(List.of("a.b", "c")))
        .withMessage("the field name 'a.b' has a dot, which a path cannot tell from its own dots");
  }

  @Property(seed = "20261")
  void shouldReadBackWhatItWrites(@ForAll("names") List<String> names) {
    // Given
    FieldPath path = new FieldPath(names);

    // Then
    assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(name -> !name.isBlank() && name.indexOf('.') < 0)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }
}
