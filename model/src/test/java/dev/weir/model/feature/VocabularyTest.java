package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.record.FieldValues;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class VocabularyTest {

  @Test
  void shouldGiveKnownCategoriesTheirPlaceAndOthersNone() {
    // Given
    Vocabulary vocabulary = new Vocabulary(List.of("b", "", "a"));

    // Then
    assertThat(vocabulary.indexOf("b")).isEqualTo(1);
    assertThat(vocabulary.indexOf("")).isEqualTo(2);
    assertThat(vocabulary.indexOf("a")).isEqualTo(3);
    assertThat(vocabulary.indexOf("B")).isZero();
    assertThat(vocabulary.indexOf(1)).isZero();
    assertThat(vocabulary.indexOf(true)).isZero();
  }

  @Test
  void shouldTakeNumbersAndTruthValuesByTheirText() {
    // Given
    Vocabulary vocabulary =
        new Vocabulary(List.of("200", "-1", "0.5", "true", "0", "1.0E300", "007", "1e3", "NaN"));

    // Then
    assertThat(vocabulary.indexOf(200)).isEqualTo(1);
    assertThat(vocabulary.indexOf(-1)).isEqualTo(2);
    assertThat(vocabulary.indexOf(0.5)).isEqualTo(3);
    assertThat(vocabulary.indexOf(true)).isEqualTo(4);
    assertThat(vocabulary.indexOf(false)).isZero();
    assertThat(vocabulary.indexOf(-0.0)).isEqualTo(5);
    assertThat(vocabulary.indexOf(1e300)).isEqualTo(6);
    // Not the way in which these numbers are written as categories.
    assertThat(vocabulary.indexOf(7)).isZero();
    assertThat(vocabulary.indexOf(1000)).isZero();
  }

  /** A number is looked up without being written; both ways must agree. */
  @Property(seed = "20261")
  void shouldFindEveryNumberByItsOwnText(@ForAll List<Double> numbers, @ForAll int whole) {
    // Given
    FieldValues fields = new FieldValues(1);
    List<Double> all = new ArrayList<>(numbers);
    all.add((double) whole);
    List<String> texts =
        all.stream()
            .map(
                number -> {
                  fields.setNumber(0, number);
                  return Vocabulary.text(fields, 0);
                })
            .distinct()
            .toList();

    // When
    Vocabulary vocabulary = new Vocabulary(texts);

    // Then
    for (double number : all) {
      fields.setNumber(0, number);
      assertThat(vocabulary.indexOf(number))
          .isEqualTo(vocabulary.indexOf(Vocabulary.text(fields, 0)))
          .isPositive();
    }
  }

  @Test
  void shouldHaveNoTextForWhatIsNoSingleValue() {
    FieldValues fields = new FieldValues(4);
    fields.setNull(0);
    fields.setNested(1);
    fields.setNumber(2, Double.NaN);
    for (int slot = 0; slot < 4; slot++) {
      assertThat(Vocabulary.text(fields, slot)).isNull();
    }
  }
}
