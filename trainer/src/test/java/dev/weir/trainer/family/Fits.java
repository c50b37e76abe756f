package dev.weir.trainer.family;

import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.Scaling;
import dev.weir.trainer.data.Manifold;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.preprocessing.Preprocessor;
import dev.weir.trainer.preprocessing.PreprocessorFitter;

/** What tests of families have in common. */
public final class Fits {
  private Fits() {}

  /** A preprocessor with the defaults, for features of a {@link Manifold}. */
  public static Preprocessor preprocessor(TimeSplit split) {
    return preprocessor(
        FeatureSpec.numeric(Manifold.NAMES.subList(0, split.training().width())), split);
  }

  /** A preprocessor with the defaults. */
  public static Preprocessor preprocessor(FeatureSpec features, TimeSplit split) {
    return new PreprocessorFitter(split.training(), Scaling.STANDARD, 10, false).fit(features);
  }
}
