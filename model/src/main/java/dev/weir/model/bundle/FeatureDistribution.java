package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.model.feature.Feature;
import java.util.List;

/**
 * How the values of one feature are spread in the training part, in bins: what a scorer measures
 * drift against.
 *
 * <p>Of a number, bin {@code i} holds the values from {@code edges[i - 1]} on that are below {@code
 * edges[i]}; the first and the last bin are open. There is one bin more than there are edges. Of a
 * truth value or a category, bin {@code i} holds the rows that are encoded as {@code i}, and there
 * are no edges.
 *
 * @param feature its name
 * @param edges between the bins, finite and ascending
 * @param counts how many rows each bin holds
 * @param missing how many rows have no value
 */
public record FeatureDistribution(
    String feature,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> edges,
    List<Long> counts,
    long missing) {

  public FeatureDistribution {
    if (feature == null || feature.isBlank()) {
      throw new IllegalArgumentException("'feature' is missing in a distribution");
    }
    edges = edges == null ? List.of() : List.copyOf(edges);
    counts = counts == null ? List.of() : List.copyOf(counts);
    if (counts.isEmpty() || (!edges.isEmpty() && counts.size() != edges.size() + 1)) {
      throw new IllegalArgumentException(
          "the distribution of '"
              + feature
              + "' has "
              + counts.size()
              + " counts for "
              + edges.size()
              + " edges");
    }
    for (int i = 0; i < edges.size(); i++) {
      if (!Float.isFinite(edges.get(i)) || (i > 0 && edges.get(i) <= edges.get(i - 1))) {
        throw new IllegalArgumentException(
            "the edges of the distribution of '" + feature + "' must be finite and ascend");
      }
    }
    if (missing < 0 || counts.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "the distribution of '" + feature + "' has a count below 0");
    }
  }

  /**
   * Refuses it for a feature whose values it cannot be of.
   *
   * @throws IllegalArgumentException if its bins are not those of the feature's type
   */
  void checkAgainst(Feature of) {
    switch (of.type()) {
      case NUMERIC -> require(edges.size() + 1, of);
      case BOOLEAN -> requireCodes(2, of);
      case CATEGORICAL -> requireCodes(of.categories().size() + 1, of);
      case HOUR_OF_DAY, DAY_OF_WEEK ->
          throw new IllegalArgumentException(
              "feature '" + feature + "' follows the clock, and has a distribution");
    }
  }

  private void requireCodes(int codes, Feature of) {
    if (!edges.isEmpty()) {
      throw new IllegalArgumentException(
          "the distribution of '" + feature + "', which is " + of.type() + ", has edges");
    }
    require(codes, of);
  }

  private void require(int bins, Feature of) {
    if (counts.size() != bins) {
      throw new IllegalArgumentException(
          "the distribution of '"
              + feature
              + "', which is "
              + of.type()
              + ", has "
              + counts.size()
              + " counts and not "
              + bins);
    }
  }
}
