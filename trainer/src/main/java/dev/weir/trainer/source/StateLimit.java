package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Refuses features of which a key's state would be too large to be kept by the scorer. */
final class StateLimit {
  private StateLimit() {}

  /**
   * Looks at what a key's state would take.
   *
   * @param window how many consecutive rows of a key the model looks at together
   * @throws InvalidInputException if that is too much; says which setting to lower
   */
  static void check(FeatureSpec spec, int window) {
    long whole = FeatureEncoder.stateBytes(spec, window);
    long most = FeatureEncoder.MOST_STATE_BYTES;
    if (whole <= most) {
      return;
    }
    long lookbacks = FeatureEncoder.stateBytes(spec, 1);
    long ofWindow = whole - lookbacks;
    throw new InvalidInputException(
        String.format(
                Locale.ROOT,
                "what the scorer would remember of a key takes up to %,d bytes, and %,d are the most: ",
                whole,
                most)
            + (ofWindow >= lookbacks
                ? windows(spec, window, most - lookbacks)
                : transforms(spec, lookbacks)));
  }

  private static String windows(FeatureSpec spec, int window, long room) {
    long longest = room / (4L * spec.width()) + 1;
    return String.format(
        Locale.ROOT,
        "model.window of %,d rows of %,d features; lower model.window%s, or have fewer features",
        window,
        spec.width(),
        longest < 2 ? "" : String.format(Locale.ROOT, " to %,d", Math.min(longest, window - 1)));
  }

  private static String transforms(FeatureSpec spec, long bytes) {
    Optional<Feature> longest =
        spec.features().stream()
            .filter(feature -> feature.rows() != null)
            .max(Comparator.comparing(Feature::rows));
    return String.format(
        Locale.ROOT,
        "transforms that look back take %,d%s; lower 'rows' in the rules of features.columns, or"
            + " have fewer columns with such transforms",
        bytes,
        longest
            .map(
                feature ->
                    String.format(
                        Locale.ROOT, ", '%s' over %,d rows", feature.name(), feature.rows()))
            .orElse(""));
  }
}
