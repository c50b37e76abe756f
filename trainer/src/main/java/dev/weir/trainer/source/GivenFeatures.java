package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.record.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The features of a model that is there already, for a history to be read as. */
final class GivenFeatures {
  private GivenFeatures() {}

  /**
   * Looks for the columns that the features are made of.
   *
   * @throws InvalidInputException if some are not there, or empty
   */
  static SelectedFeatures of(FeatureSpec spec, List<Column> columns, String origin) {
    Map<String, Column.Kind> kinds =
        columns.stream()
            .collect(Collectors.toMap(Column::name, Column::kind, (first, second) -> first));
    List<String> missing =
        spec.fields().stream()
            .map(FieldPath::toString)
            .filter(name -> kinds.getOrDefault(name, Column.Kind.EMPTY) == Column.Kind.EMPTY)
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          origin
              + " lacks "
              + (missing.size() == 1 ? "a column" : missing.size() + " columns")
              + " that the model to begin with was trained on: "
              + String.join(", ", missing)
              + "; its columns are: "
              + columns.stream().map(Column::name).collect(Collectors.joining(", ")));
    }
    return new SelectedFeatures(spec, Map.of(), List.of());
  }
}
