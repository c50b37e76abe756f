package dev.weir.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Transform;
import dev.weir.trainer.config.ColumnRule;
import dev.weir.trainer.config.ColumnType;
import dev.weir.trainer.config.FeatureSelection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FeatureSelectorTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("time", Column.Kind.TIME),
          new Column("cpu_user", Column.Kind.NUMERIC),
          new Column("host", Column.Kind.TEXT),
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
            "the source has no column 'cpu.user', which features.include names; did you mean"
                + " 'cpu_user'?; its columns are: time, cpu_user, host, cpu_idle, größe😀");
  }

  @Test
  void shouldTakeNamedColumnAsWhatItIs() {
    // When
    SelectedFeatures selected =
        FeatureSelector.select(
            new FeatureSelection(List.of("host", "cpu_idle"), null), COLUMNS, "the source");

    // Then
    assertThat(selected.spec().names()).containsExactly("host", "cpu_idle");
    assertThat(selected.categories()).containsExactly(Map.entry(0, 50));
  }

  @Test
  void shouldRefuseNamedColumnOfWhichNothingCanBeMade() {
    // When / Then
    assertThatThrownBy(() -> select(List.of("time"), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'time' of the source holds nothing that a feature can be made of, which are"
                + " numbers, truth values, text and moments; leave it out with features.exclude:"
                + " [time]");
  }

  @Test
  void shouldTakeWhatTypesSay() {
    // Given
    List<Column> columns =
        List.of(
            new Column("load", Column.Kind.NUMERIC),
            new Column("up", Column.Kind.BOOLEAN),
            new Column("at", Column.Kind.TIMESTAMP),
            new Column("region", Column.Kind.TEXT));

    // Then
    assertThat(typed(columns, ColumnType.BOOLEAN, ColumnType.TIMESTAMP))
        .containsExactly(
            "up BOOLEAN NONE", "at.hourOfDay HOUR_OF_DAY NONE", "at.dayOfWeek DAY_OF_WEEK NONE");
    assertThat(typed(columns, ColumnType.NUMERIC, ColumnType.CATEGORICAL))
        .containsExactly("load NUMERIC NONE", "region NUMERIC NONE");
  }

  private static List<String> typed(List<Column> columns, ColumnType... types) {
    FeatureSelection selection =
        new FeatureSelection(null, List.of(types), null, null, null, null, null);
    return described(FeatureSelector.select(selection, columns, "the source"));
  }

  private static List<String> described(SelectedFeatures selected) {
    return selected.spec().features().stream()
        .map(feature -> feature.name() + " " + feature.type() + " " + feature.transform())
        .toList();
  }

  @Test
  void shouldEncodeColumnsByFirstRuleThatMatches() {
    // Given
    List<Column> columns =
        List.of(
            new Column("net_in_bytes", Column.Kind.NUMERIC),
            new Column("net_name", Column.Kind.TEXT),
            new Column("code", Column.Kind.NUMERIC),
            new Column("size", Column.Kind.NUMERIC),
            new Column("load", Column.Kind.NUMERIC));
    ColumnRule rates = rule("net_*", null, List.of(Transform.RATE, Transform.ROLLING_DEVIATION), 7);
    ColumnRule names = new ColumnRule("net_*", null, null, null, 9, null);
    ColumnRule codes = new ColumnRule("code", ColumnType.CATEGORICAL, null, null, null, 3);
    ColumnRule sizes =
        rule("size", null, List.of(Transform.LOG1P, Transform.NONE, Transform.DIFFERENCE), null);
    FeatureSelection selection = rules(rates, names, codes, sizes);

    // When
    SelectedFeatures selected = FeatureSelector.select(selection, columns, "the source");

    // Then
    assertThat(described(selected))
        .containsExactly(
            "net_in_bytes.rate NUMERIC RATE",
            "net_in_bytes.rollingDeviation NUMERIC ROLLING_DEVIATION",
            "net_name NUMERIC NONE",
            "code NUMERIC NONE",
            "size NUMERIC LOG1P",
            "size.none NUMERIC NONE",
            "size.difference NUMERIC DIFFERENCE",
            "load NUMERIC NONE");
    assertThat(selected.categories()).containsOnly(Map.entry(2, 9), Map.entry(3, 50));
    assertThat(selected.spec().features().get(1).rows()).isEqualTo(7);
    assertThat(selected.spec().fields()).hasSize(5);
    assertThat(selection.embedding("code")).hasValue(3);
    assertThat(selection.embedding("net_name")).isEmpty();
    assertThat(selection.embedding("load")).isEmpty();
  }

  @Test
  void shouldRefuseColumnTakenForWhatItIsNot() {
    assertThatThrownBy(() -> select(rules(rule("host", ColumnType.NUMERIC, null, null))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "column 'host' of the source is not numeric; turn it into numbers, or leave it out"
                + " with features.exclude: [host]");
    assertThatThrownBy(() -> select(rules(rule("host", ColumnType.BOOLEAN, null, null))))
        .hasMessage(
            "column 'host' of the source cannot be taken for boolean, since it holds text; leave"
                + " it out with features.exclude: [host]");
    assertThatThrownBy(() -> select(rules(rule("time", ColumnType.TIMESTAMP, null, null))))
        .hasMessageContaining("since it holds times that are no moments");
  }

  @Test
  void shouldRefuseRulesAndExcludesThatMatchNothing() {
    assertThatThrownBy(() -> select(null, List.of("cpu_usr")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "the source has no column 'cpu_usr', which features.exclude names; did you mean"
                + " 'cpu_user'?; its columns are: time, cpu_user,");
    assertThatThrownBy(() -> select(rules(rule("hots", ColumnType.CATEGORICAL, null, null))))
        .hasMessageStartingWith(
            "the source has no column 'hots', which a rule under features.columns names; did you"
                + " mean 'host'?");
    assertThatThrownBy(() -> select(rules(rule("host", null, List.of(Transform.RATE), null))))
        .hasMessageStartingWith("the source has no numeric column 'host', and the transforms");
  }

  @Test
  void shouldTakeReservedColumnOnlyIfItIsNamed() {
    // Given
    List<Column> columns =
        List.of(new Column("at", Column.Kind.TIMESTAMP), new Column("cpu", Column.Kind.NUMERIC));
    FeatureSelection all =
        new FeatureSelection(
            List.of("*"), List.of(ColumnType.values()), List.of("at"), null, null, null, null);

    // Then
    assertThat(FeatureSelector.select(all, columns, List.of("at"), "it").spec().names())
        .containsExactly("cpu");
    assertThat(
            FeatureSelector.select(
                    new FeatureSelection(List.of("*", "at"), null), columns, List.of("at"), "it")
                .spec()
                .names())
        .containsExactly("at.hourOfDay", "at.dayOfWeek", "cpu");
  }

  @Test
  void shouldRefuseTwoFeaturesOfOneName() {
    List<Column> columns =
        List.of(new Column("a", Column.Kind.NUMERIC), new Column("a.rate", Column.Kind.NUMERIC));
    assertThatThrownBy(
            () ->
                FeatureSelector.select(
                    rules(rule("a", null, List.of(Transform.RATE), null)), columns, "it"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "it: two features are called 'a.rate'; leave one of their columns out, or its"
                + " transform");
  }

  private static ColumnRule rule(
      String match, ColumnType type, List<Transform> transforms, Integer rows) {
    return new ColumnRule(match, type, transforms, rows, null, null);
  }

  private static FeatureSelection rules(ColumnRule... rules) {
    return new FeatureSelection(null, null, null, List.of(rules), null, null, null);
  }

  private static List<String> select(FeatureSelection selection) {
    return FeatureSelector.select(selection, COLUMNS, "the source").spec().names();
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
