package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.FeatureSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureSelectorTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("time", Column.Kind.TIME),
          new Column("cpu_user", Column.Kind.NUMERIC),
          new Column("host", Column.Kind.OTHER),
          new Column("cpu_idle", Column.Kind.NUMERIC),
          new Column("größe😀", Column.Kind.NUMERIC));

  @Test
  void shouldTakeEverythingNumericIfNothingIsSaid() {
    // When / Then
    assertThat(select(null, null)).containsExactly("cpu_user", "cpu_idle", "größe😀");
  }

  @Test
  void shouldKeepOrderOfColumnsAndTakeEachOnce() {
    // When / Then
    assertThat(select(List.of("cpu_idle", "cpu_*"), null)).containsExactly("cpu_user", "cpu_idle");
  }

  @Test
  void shouldExcludeByNameAndGlob() {
    // When / Then
    assertThat(select(null, List.of("cpu_*"))).containsExactly("größe😀");
    assertThat(select(List.of("cpu_*"), List.of("cpu_idle"))).containsExactly("cpu_user");
  }

  @Test
  void shouldMatchWholeCharacters() {
    // When / Then
    assertThat(select(List.of("gr??e?"), null)).containsExactly("größe😀");
    assertThat(select(List.of("größe😀"), null)).containsExactly("größe😀");
  }

  @Test
  void shouldTakeOtherSignsLiterally() {
    // When / Then
    assertThatThrownBy(() -> select(List.of("cpu.user"), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the source has no column 'cpu.user', which features.include names; its columns are:"
                + " time, cpu_user, host, cpu_idle, größe😀");
  }

  @Test
  void shouldRefuseNamedColumnThatIsNotNumeric() {
    // When / Then
    assertThatThrownBy(() -> select(List.of("host"), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'host' of the source is not numeric; turn it into numbers, or leave it out"
                + " with features.exclude: [host]");
  }

  @Test
  void shouldRefuseToSelectNothing() {
    // When / Then
    assertThatThrownBy(() -> select(List.of("cpu_*"), List.of("*")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("features.include [cpu_*] takes and features.exclude [*] leaves");
  }

  @Test
  void shouldSayWhatGlobPassesOver() {
    // When
    FeatureSelection all = new FeatureSelection(null, List.of("time"));
    FeatureSelection named = new FeatureSelection(List.of("cpu_idle"), null);

    // Then
    assertThat(FeatureSelector.select(all, COLUMNS, "the source").notes())
        .singleElement()
        .asString()
        .startsWith("not numeric in the source, so left out: host. ")
        .contains("features.include", "features.exclude");
    assertThat(FeatureSelector.select(named, COLUMNS, "the source").notes()).isEmpty();
  }

  private static List<String> select(List<String> include, List<String> exclude) {
    return FeatureSelector.select(new FeatureSelection(include, exclude), COLUMNS, "the source")
        .spec()
        .names();
  }
}
