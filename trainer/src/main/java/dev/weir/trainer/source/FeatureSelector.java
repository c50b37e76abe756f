package dev.weir.trainer.source;

import dev.weir.model.config.NearestName;
import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.config.ColumnRule;
import dev.weir.trainer.config.ColumnType;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.Glob;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the features among a source's columns. */
final class FeatureSelector {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureSelector.class);

  private final FeatureSelection selection;
  private final List<Column> columns;
  private final Collection<String> reserved;
  private final String origin;
  private final Map<String, ColumnType> chosen = new LinkedHashMap<>();
  private final Set<String> passedOver = new LinkedHashSet<>();

  private FeatureSelector(
      FeatureSelection selection,
      List<Column> columns,
      Collection<String> reserved,
      String origin) {
    this.selection = selection;
    this.columns = columns;
    this.reserved = reserved;
    this.origin = origin;
  }

  /**
   * Applies a selection.
   *
   * @param columns what there is, in its order, which becomes the order of the features
   * @param origin for messages
   * @throws InvalidInputException if a column is not there, empty or of a kind that it cannot be
   *     taken for; if a pattern of what to leave out or a rule matches nothing; if none is left
   */
  static SelectedFeatures select(FeatureSelection selection, List<Column> columns, String origin) {
    return select(selection, columns, List.of(), origin);
  }

  /**
   * Applies a selection where some columns are for something else.
   *
   * @param reserved columns that become features only if they are named, such as the one of times
   */
  static SelectedFeatures select(
      FeatureSelection selection,
      List<Column> columns,
      Collection<String> reserved,
      String origin) {
    if (selection.given() != null) {
      return GivenFeatures.of(selection.given(), columns, origin);
    }
    return new FeatureSelector(selection, columns, reserved, origin).select();
  }

  private SelectedFeatures select() {
    selection.exclude().forEach(pattern -> requireMatch(pattern, "features.exclude"));
    selection.columns().forEach(this::requireMatch);
    selection.include().forEach(this::include);
    if (!passedOver.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("source", origin)
          .addKeyValue("columns", passedOver)
          .log("What features.types does not take does not become a feature");
    }
    if (chosen.isEmpty()) {
      throw new InvalidInputException(
          origin
              + " has no "
              + types()
              + " column that features.include "
              + selection.include()
              + " takes and features.exclude "
              + selection.exclude()
              + " leaves; its columns are: "
              + names());
    }
    FeatureMaker maker = new FeatureMaker(origin);
    for (Column column : columns) {
      ColumnType type = chosen.get(column.name());
      if (type != null) {
        maker.add(column.name(), type, rule(column));
      }
    }
    return maker.features(notes());
  }

  private Optional<ColumnRule> rule(Column column) {
    return selection.rule(column.name(), column.kind() == Column.Kind.NUMERIC);
  }

  private void requireMatch(String pattern, String key) {
    Glob glob = Glob.of(pattern);
    if (columns.stream().noneMatch(column -> glob.matches(column.name()))
        && reserved.stream().noneMatch(glob::matches)) {
      throw new InvalidInputException(
          origin
              + " has no column '"
              + pattern
              + "', which "
              + key
              + " names"
              + nearest(pattern)
              + "; its columns are: "
              + names());
    }
  }

  private void requireMatch(ColumnRule rule) {
    requireMatch(rule.match(), "a rule under features.columns");
    boolean transformed = rule.type() == null && !rule.transforms().isEmpty();
    if (transformed
        && columns.stream()
            .filter(column -> rule.matches(column.name()))
            .noneMatch(column -> column.kind() == Column.Kind.NUMERIC)) {
      throw new InvalidInputException(
          origin
              + " has no numeric column '"
              + rule.match()
              + "', and the transforms that a rule under features.columns has for it are of numbers"
              + " only; mend the values, or delete the rule");
    }
  }

  private String nearest(String pattern) {
    return NearestName.of(pattern, columns.stream().map(Column::name).toList())
        .map(near -> "; did you mean '" + near + "'?")
        .orElse("");
  }

  private void include(String pattern) {
    Glob glob = Glob.of(pattern);
    requireMatch(pattern, "features.include");
    for (Column column : columns) {
      boolean reservedHere = reserved.contains(column.name()) && !glob.isName();
      if (glob.matches(column.name()) && !reservedHere && !selection.isExcluded(column.name())) {
        take(column, glob);
      }
    }
  }

  private void take(Column column, Glob glob) {
    if (column.kind() == Column.Kind.EMPTY) {
      throw new InvalidInputException(
          "column '"
              + column.name()
              + "' of "
              + origin
              + " has no value in any row; "
              + leaveOut(column));
    }
    Optional<ColumnType> declared = rule(column).map(ColumnRule::type);
    Optional<ColumnType> type = declared.or(() -> naturalType(column.kind()));
    if (type.isPresent() && !fits(column.kind(), type.get())) {
      throw misfit(column, type.get());
    }
    boolean wanted = declared.isPresent() || glob.isName();
    if (type.isEmpty() && wanted) {
      throw new InvalidInputException(
          "column '"
              + column.name()
              + "' of "
              + origin
              + " holds nothing that a feature can be made of, which are numbers, truth values,"
              + " text and moments; "
              + leaveOut(column));
    }
    if (type.isPresent() && (wanted || selection.types().contains(type.get()))) {
      chosen.put(column.name(), type.get());
    } else {
      passedOver.add(column.name());
    }
  }

  /** What a column is taken for if no rule says; numbers that somebody has to mend are numbers. */
  private Optional<ColumnType> naturalType(Column.Kind kind) {
    return switch (kind) {
      case NUMERIC -> Optional.of(ColumnType.NUMERIC);
      case MIXED ->
          selection.types().contains(ColumnType.NUMERIC)
              ? Optional.of(ColumnType.NUMERIC)
              : Optional.of(ColumnType.CATEGORICAL);
      case BOOLEAN -> Optional.of(ColumnType.BOOLEAN);
      case TEXT -> Optional.of(ColumnType.CATEGORICAL);
      case TIMESTAMP -> Optional.of(ColumnType.TIMESTAMP);
      case TIME, OTHER, EMPTY -> Optional.empty();
    };
  }

  private static boolean fits(Column.Kind kind, ColumnType type) {
    return switch (kind) {
      case NUMERIC -> true;
      case BOOLEAN -> type == ColumnType.BOOLEAN || type == ColumnType.CATEGORICAL;
      case TEXT -> type == ColumnType.CATEGORICAL || type == ColumnType.TIMESTAMP;
      case MIXED -> type == ColumnType.CATEGORICAL;
      // Readers give times as numbers: milliseconds, and a schema's dates as days.
      case TIMESTAMP -> type == ColumnType.TIMESTAMP || type == ColumnType.NUMERIC;
      case TIME -> type == ColumnType.NUMERIC;
      case OTHER, EMPTY -> false;
    };
  }

  private InvalidInputException misfit(Column column, ColumnType type) {
    return new InvalidInputException(
        "column '"
            + column.name()
            + "' of "
            + origin
            + (type == ColumnType.NUMERIC
                ? " is not numeric"
                : " cannot be taken for " + type + ", since it holds " + holds(column.kind()))
            + (column.remark().isEmpty() ? "" : " (" + column.remark() + ")")
            + (type == ColumnType.NUMERIC ? "; turn it into numbers, or " : "; ")
            + leaveOut(column));
  }

  private static String holds(Column.Kind kind) {
    return switch (kind) {
      case NUMERIC -> "numbers";
      case BOOLEAN -> "truth values";
      case TEXT -> "text";
      case MIXED -> "numbers for the most part, and text";
      case TIMESTAMP -> "moments";
      case TIME -> "times that are no moments";
      case OTHER -> "lists or objects, or values of several kinds";
      case EMPTY -> "nothing";
    };
  }

  private static String leaveOut(Column column) {
    return "leave it out with features.exclude: [" + column.name() + "]";
  }

  private List<String> notes() {
    return passedOver.isEmpty()
        ? List.of()
        : List.of(
            "not "
                + types()
                + " in "
                + origin
                + ", so left out: "
                + String.join(", ", passedOver)
                + ". Name a column in features.include to have it as what it is, say in"
                + " features.types what else to take, or name it in features.exclude if it shall be"
                + " left out");
  }

  private String types() {
    return selection.types().stream().map(ColumnType::toString).collect(Collectors.joining(" or "));
  }

  private String names() {
    return Stream.concat(
            columns.stream().map(Column::name),
            reserved.stream()
                .filter(name -> columns.stream().noneMatch(column -> column.name().equals(name))))
        .collect(Collectors.joining(", "));
  }
}
