package dev.weir.trainer.som;

/**
 * How well a map fits samples.
 *
 * @param quantisation the mean over the samples of the squared distance to the best matching unit,
 *     itself a mean over the features that are present; in squared deviations
 * @param topographic the share of the samples whose best two units are not side by side (Kiviluoto
 *     1996)
 */
public record MapErrors(double quantisation, double topographic) {
  static MapErrors of(BestMatches matches, SomGrid grid) {
    return new MapErrors(matches.quantisationError(), matches.topographicError(grid));
  }
}
