package dev.weir.trainer.config;

import dev.weir.model.bundle.SearchCriterion;
import dev.weir.model.config.Check;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * A search for the model that suits a history best.
 *
 * @param candidates the models to try, in this order; a grid that is made for the history if not
 *     given
 * @param windows of the grid's models; 1 if not given
 * @param budget no further model is begun once so much time is spent
 * @param criterion what the models are compared by
 * @param seed of the grid's models, and of the anomalies that all models are judged on
 */
public record SearchConfig(
    List<ModelConfig> candidates,
    List<Integer> windows,
    Duration budget,
    SearchCriterion criterion,
    Long seed) {
  private static final int MOST_CANDIDATES = 256;
  private static final Duration DEFAULT_BUDGET = Duration.ofMinutes(10);

  public SearchConfig {
    if (candidates != null && windows != null) {
      throw Check.refuse(
          "windows", "are of the default candidates; give each of 'candidates' its own window");
    }
    if (candidates != null) {
      Check.present("candidates", candidates, "a list of what may stand under 'model'");
      Check.atMost("candidates", candidates.size(), MOST_CANDIDATES);
      if (new HashSet<>(candidates).size() < candidates.size()) {
        throw Check.refuse("candidates", "has the same model twice; leave one of them out");
      }
      candidates = List.copyOf(candidates);
    }
    windows = List.copyOf(Check.orElse(windows, List.of(1)));
    Check.present("windows", windows, "for example [1, 16]; or leave the key out");
    windows.forEach(ModelConfig::window);
    if (new HashSet<>(windows).size() < windows.size()) {
      throw Check.refuse("windows", "has the same window twice: " + windows);
    }
    budget = Check.orElse(budget, DEFAULT_BUDGET);
    if (budget.isZero()) {
      throw Check.refuse("budget", "is 0; give the search some time, such as 10m");
    }
    criterion = Check.orElse(criterion, SearchCriterion.ROC_AUC);
    seed = Check.orElse(seed, 1L);
  }

  /** What decides which models are tried, as text: neither how long, nor how they are judged. */
  public String tried() {
    return String.valueOf(candidates) + windows + seed;
  }

  /** The longest window of any of the models. */
  int longestWindow() {
    return candidates == null
        ? Collections.max(windows)
        : candidates.stream().mapToInt(ModelConfig::window).max().orElseThrow();
  }
}
