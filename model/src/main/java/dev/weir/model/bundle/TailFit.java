package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How well a fitted generalised Pareto tail describes the scores that it was fitted on.
 *
 * @param excesses how many scores lie above the tail's threshold
 * @param andersonDarling A², the squared distance between the two distribution functions, weighted
 *     towards their ends; 0 is perfect
 * @param kolmogorovSmirnov D, the largest distance between them, from 0 to 1
 * @param pValue how often a true tail of this kind would give an A² as large, by a parametric
 *     bootstrap
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TailFit(
    long excesses, double andersonDarling, double kolmogorovSmirnov, double pValue) {
  private static final double GOOD = 0.1;
  private static final double POOR = 0.01;

  /** What that means, as half a sentence. */
  public String meaning() {
    if (pValue >= GOOD) {
      return "the fitted tail describes the highest scores well";
    }
    return pValue > POOR
        ? "the fitted tail describes the highest scores roughly"
        : "the fitted tail does not describe the highest scores; far beyond them its probabilities"
            + " are guesses";
  }
}
