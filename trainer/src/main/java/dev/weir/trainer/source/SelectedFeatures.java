package dev.weir.trainer.source;

import dev.weir.model.feature.FeatureSpec;
import java.util.List;
import java.util.Map;

/**
 * What a selection took of a source's columns.
 *
 * @param spec the features; the categorical ones still as numbers, since nobody knows their
 *     vocabularies before the history is read
 * @param categories how many categories a feature may have, for each categorical one, by its place
 * @param notes what the user should know of the columns that it left aside
 */
record SelectedFeatures(FeatureSpec spec, Map<Integer, Integer> categories, List<String> notes) {

  SelectedFeatures {
    categories = Map.copyOf(categories);
    notes = List.copyOf(notes);
  }
}
