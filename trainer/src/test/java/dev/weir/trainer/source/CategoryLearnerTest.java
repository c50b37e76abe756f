package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.data.Rows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CategoryLearnerTest {
  private final CategoryLearner learner = new CategoryLearner(FieldPath.parse("region"), 1);
  private final FieldValues values = new FieldValues(2);
  private final List<Float> seen = new ArrayList<>();

  @Test
  void shouldKeepMostFrequentCategoriesTiesByName() throws RejectedRecordException {
    // When
    for (String region : new String[] {"us", "eu", "asia", "us", "africa", "asia", "eu"}) {
      assertThat(see(region)).isPositive();
    }

    // Then
    assertThat(vocabulary(50)).containsExactly("asia", "eu", "us", "africa");
    assertThat(vocabulary(2)).containsExactly("asia", "eu");
    assertThat(learner.distinct()).isEqualTo(4);
    assertThat(learner.isFull()).isFalse();
    // In the order in which they were seen: us, eu, asia, africa; before them those of no number.
    assertThat(learner.places(vocabulary(2))).containsExactly(0, 0, 2, 1, 0);
  }

  @Test
  void shouldNotCountRejectedRecords() throws RejectedRecordException {
    // When
    see("eu");
    values.setText(1, "gone");
    learner.number(values);

    // Then
    assertThat(vocabulary(50)).containsExactly("eu");
  }

  @Test
  void shouldTakeNumbersAndTruthValuesAndLeaveMissingOnes() throws RejectedRecordException {
    // When
    values.setNumber(1, 404);
    learner.number(values);
    remember();
    values.setBoolean(1, true);
    learner.number(values);
    remember();
    values.setNull(1);
    learner.number(values);
    remember();

    // Then
    assertThat(values.kind(1)).isEqualTo(FieldKind.NULL);
    assertThat(vocabulary(50)).containsExactly("404", "true");
  }

  @Test
  void shouldRejectWhatIsNoSingleValue() {
    values.setNested(1);
    assertThatThrownBy(() -> learner.number(values))
        .isInstanceOf(RejectedRecordException.class)
        .hasFieldOrPropertyWithValue("reason", RejectReason.NOT_A_CATEGORY);
  }

  @Test
  void shouldFollowBoundedNumberOfDifferentValues() throws RejectedRecordException {
    // When
    for (int i = 0; i < CategoryLearner.MOST_DISTINCT; i++) {
      see("id-" + i);
    }

    // Then
    assertThat(see("one more")).isZero();
    assertThat(see("id-7")).isEqualTo(8);
    assertThat(vocabulary(1)).containsExactly("id-7");
    assertThat(learner.distinct()).isEqualTo(CategoryLearner.MOST_DISTINCT);
    assertThat(learner.isFull()).isTrue();
  }

  @Test
  void shouldLearnFromRowsItIsGivenOnly() throws RejectedRecordException {
    // Given
    for (String region : new String[] {"us", "eu", "eu", "late", "late", "late"}) {
      see(region);
    }

    // When
    learner.count(Rows.of(numbers(), 1).slice(0, 3), 0);

    // Then
    assertThat(learner.vocabulary(50)).containsExactly("eu", "us");
    assertThat(learner.distinct()).isEqualTo(2);
    assertThat(learner.hasValues()).isTrue();
    assertThat(learner.places(learner.vocabulary(50))).containsExactly(0, 2, 1, 0);
  }

  /** What is learned from all rows that were not rejected. */
  private List<String> vocabulary(int most) {
    learner.count(Rows.of(numbers(), 1), 0);
    return learner.vocabulary(most);
  }

  private float[] numbers() {
    float[] numbers = new float[seen.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = seen.get(i);
    }
    return numbers;
  }

  private void remember() {
    seen.add(values.kind(1) == FieldKind.NULL ? Float.NaN : (float) values.number(1));
  }

  private int see(String category) throws RejectedRecordException {
    values.setText(1, category);
    learner.number(values);
    remember();
    return (int) values.number(1);
  }
}
