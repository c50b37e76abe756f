package dev.weir.trainer.source;

import dev.weir.trainer.config.SplitConfig;
import java.util.Optional;

/** Plans for reading histories of few rows. */
final class Plans {
  /** For models that look at each row alone, and learn from all of them. */
  static final ReadingPlan ROWS = of(1);

  private Plans() {}

  /** For models with windows that learn from all rows. */
  static ReadingPlan of(int window) {
    return new ReadingPlan(window, Optional.empty(), new SplitConfig(1e-9, 1e-9), Long.MAX_VALUE);
  }
}
