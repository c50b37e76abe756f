package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.FeatureSelection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the features among a source's columns. */
final class FeatureSelector {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureSelector.class);

  private FeatureSelector() {}

  /**
   * Applies a selection.
   *
   * @param columns what there is, in its order, which becomes the order of the features
   * @param origin for messages
   * @throws InvalidInputException if a column is not there, not numeric or empty, or if none is
   *     left
   */
  static SelectedFeatures select(FeatureSelection selection, List<Column> columns, String origin) {
    Set<String> chosen = new LinkedHashSet<>();
    Set<String> passedOver = new LinkedHashSet<>();
    for (String pattern : selection.include()) {
      include(pattern, selection, columns, origin, chosen, passedOver);
    }
    if (!passedOver.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("source", origin)
          .addKeyValue("columns", passedOver)
          .log("What is not numeric does not become a feature");
    }
    List<String> ordered =
        columns.stream().map(Column::name).filter(chosen::contains).collect(Collectors.toList());
    if (ordered.isEmpty()) {
      throw new InvalidInputException(
          origin
              + " has no numeric column that features.include "
              + selection.include()
              + " takes and features.exclude "
              + selection.exclude()
              + " leaves; its columns are: "
              + names(columns));
    }
    try {
      return new SelectedFeatures(FeatureSpec.numeric(ordered), notes(passedOver, origin));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          origin
              + " has a column whose name cannot be a field's path, in which dots lead into nested"
              + " fields: "
              + e.getMessage()
              + "; rename it, or leave it out with features.exclude",
          e);
    }
  }

  private static List<String> notes(Set<String> passedOver, String origin) {
    return passedOver.isEmpty()
        ? List.of()
        : List.of(
            "not numeric in "
                + origin
                + ", so left out: "
                + String.join(", ", passedOver)
                + ". Name a column in features.include to be told what is wrong with it, or in"
                + " features.exclude if it shall be left out");
  }

  private static void include(
      String pattern,
      FeatureSelection selection,
      List<Column> columns,
      String origin,
      Set<String> chosen,
      Set<String> passedOver) {
    boolean isGlob = pattern.contains("*") || pattern.contains("?");
    Pattern regex = glob(pattern);
    List<Column> matches = new ArrayList<>();
    for (Column column : columns) {
      if (regex.matcher(column.name()).matches()) {
        matches.add(column);
      }
    }
    if (matches.isEmpty()) {
      throw new InvalidInputException(
          origin
              + " has no column '"
              + pattern
              + "', which features.include names; its columns are: "
              + names(columns));
    }
    for (Column column : matches) {
      if (isExcluded(column, selection)) {
        continue;
      }
      switch (column.kind()) {
        case NUMERIC -> chosen.add(column.name());
        case EMPTY ->
            throw new InvalidInputException(
                "column '"
                    + column.name()
                    + "' of "
                    + origin
                    + " has no value in any row; leave it out with features.exclude: ["
                    + column.name()
                    + "]");
        case MIXED -> throw notNumeric(column, origin);
        default -> {
          if (!isGlob) {
            throw notNumeric(column, origin);
          }
          passedOver.add(column.name());
        }
      }
    }
  }

  private static InvalidInputException notNumeric(Column column, String origin) {
    return new InvalidInputException(
        "column '"
            + column.name()
            + "' of "
            + origin
            + " is not numeric"
            + (column.remark().isEmpty() ? "" : " (" + column.remark() + ")")
            + "; turn it into numbers, or leave it out with features.exclude: ["
            + column.name()
            + "]");
  }

  private static boolean isExcluded(Column column, FeatureSelection selection) {
    return selection.exclude().stream().anyMatch(p -> glob(p).matcher(column.name()).matches());
  }

  private static Pattern glob(String pattern) {
    String regex =
        pattern
            .codePoints()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
