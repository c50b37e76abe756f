package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.record.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonFieldsTest {
  private final JsonFields fields = new JsonFields();

  @Test
  void shouldNameNestedFieldsWithDots() throws RejectedRecordException {
    // When
    observe("{'cpu': {'user': 1, 'idle': 2.5}, 'host': 'a', 'up': true, 'tags': [1]}");

    // Then
    assertThat(fields.columns())
        .containsExactly(
            new Column("cpu.user", Column.Kind.NUMERIC),
            new Column("cpu.idle", Column.Kind.NUMERIC),
            new Column("host", Column.Kind.TEXT),
            new Column("up", Column.Kind.BOOLEAN),
            new Column("tags", Column.Kind.OTHER));
  }

  @Test
  void shouldLookForNumbersInAllRecords() throws RejectedRecordException {
    // When
    observe("{'late': null, 'never': null}");
    observe("{'late': 1, 'other': 2}");

    // Then
    assertThat(fields.columns())
        .containsExactly(
            new Column("late", Column.Kind.NUMERIC),
            new Column("never", Column.Kind.EMPTY),
            new Column("other", Column.Kind.NUMERIC));
  }

  @Test
  void shouldNotTakeObjectThatIsNullAtTimesForEmptyField() throws RejectedRecordException {
    // When
    observe("{'cpu': null, 'gpu': null}");
    observe("{'cpu': {'user': 1}}");

    // Then
    assertThat(fields.columns())
        .containsExactly(
            new Column("gpu", Column.Kind.EMPTY), new Column("cpu.user", Column.Kind.NUMERIC));
  }

  @Test
  void shouldNotLoseFieldToOneBadRecord() throws RejectedRecordException {
    // When
    observe("{'a': 1, 'b': 'x'}");
    observe("{'a': 'broken', 'b': 'y'}");
    observe("{'a': 3, 'b': 3}");

    // Then
    assertThat(fields.columns())
        .containsExactly(new Column("a", Column.Kind.NUMERIC), new Column("b", Column.Kind.TEXT));
  }

  @Test
  void shouldTellMomentsFromOtherText() throws RejectedRecordException {
    // When
    observe("{'at': '2026-10-01T00:00:00Z', 'day': '2026-10-01', 'note': 'x', 'all': 1}");
    observe("{'at': '2026-10-01T00:00:01+02:00', 'note': '2026-10-01', 'all': 'x'}");
    observe("{'at': 'soon', 'note': 'y', 'all': true}");

    // Then
    assertThat(fields.columns())
        .containsExactly(
            new Column("at", Column.Kind.TIMESTAMP),
            new Column("day", Column.Kind.TIMESTAMP),
            new Column("note", Column.Kind.TEXT),
            new Column("all", Column.Kind.OTHER));
  }

  @Test
  void shouldLeaveOutWhatNoPathLeadsTo() throws RejectedRecordException {
    // When
    observe("{'a.b': 1, 'c.d': {'e': 2}, '': {'f': 3}, ' ': 4, 'g': {'': 5, 'h': 6}}");

    // Then
    assertThat(fields.columns()).containsExactly(new Column("g.h", Column.Kind.NUMERIC));
  }

  @Test
  void shouldLearnNothingFromWhatIsNoObject() throws RejectedRecordException {
    // When
    fields.observe(null, null);
    fields.observe(new byte[0], null);
    observe("not json");
    observe("[1, 2]");
    observe("3");

    // Then
    assertThat(fields.columns()).isEmpty();
  }

  private void observe(String json) throws RejectedRecordException {
    fields.observe(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), null);
  }
}
