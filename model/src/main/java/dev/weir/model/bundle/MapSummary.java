package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a self-organising map looks like. Cells are numbered row by row.
 *
 * @param grid its shape: hexagonal or rectangular
 * @param rows of the grid
 * @param columns of the grid
 * @param trainingError the quantisation error over the training rows, in squared deviations
 * @param validationError over the validation rows
 * @param trainingDisorder the topographic error over the training rows, 0 to 1: the share of those
 *     whose best two cells are not side by side
 * @param validationDisorder over the validation rows
 * @param distances of each cell to those beside it (U-matrix); empty if there are too many cells
 * @param hits how many training rows each cell won; empty if there are too many cells
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MapSummary(
    String grid,
    int rows,
    int columns,
    double trainingError,
    double validationError,
    double trainingDisorder,
    double validationDisorder,
    List<Double> distances,
    List<Integer> hits) {

  public MapSummary {
    distances = distances == null ? List.of() : List.copyOf(distances);
    hits = hits == null ? List.of() : List.copyOf(hits);
    if (distances.size() != hits.size() || (!hits.isEmpty() && hits.size() != rows * columns)) {
      throw new IllegalArgumentException(
          "a map of "
              + rows
              + " x "
              + columns
              + " cells has "
              + distances.size()
              + " distances and "
              + hits.size()
              + " hits");
    }
  }
}
