package dev.weir.trainer.source;

import dev.weir.model.feature.FeatureSpec;
import java.util.List;

/**
 * What a selection took of a source's columns.
 *
 * @param spec the features
 * @param notes what the user should know of the columns that it left aside
 */
record SelectedFeatures(FeatureSpec spec, List<String> notes) {

  SelectedFeatures {
    notes = List.copyOf(notes);
  }
}
