package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A self-organising map and how it is trained.
 *
 * @param family which kind of model; {@code som}
 * @param window how many rows of a key are looked at together, flattened; 1 for each row alone
 * @param grid how the cells lie beside each other
 * @param rows of the grid; derived from the data if not given
 * @param columns of the grid; to be given if {@code rows} is
 * @param cells about how many there are, if {@code rows} is not given; 2000 if not given either
 * @param training row by row, or all rows at once
 * @param neighbourhood who learns with the winner
 * @param radius of the neighbourhood at the start, in cells; half of the longer side if not given
 * @param finalRadius to which it falls
 * @param learningRate of online training, at the start
 * @param finalLearningRate to which it falls
 * @param initialisation what the weights are before training
 * @param normalize what the quantisation error is divided by
 * @param epochs passes over the training rows, at most
 * @param patience epochs without a better validation error after which training stops, once the
 *     radius has reached its end
 * @param seed of initialisation and shuffling
 */
public record SomConfig(
    String family,
    Integer window,
    GridShape grid,
    Integer rows,
    Integer columns,
    Integer cells,
    SomTraining training,
    Neighbourhood neighbourhood,
    Double radius,
    Double finalRadius,
    Double learningRate,
    Double finalLearningRate,
    SomInitialisation initialisation,
    SomNormalization normalize,
    Integer epochs,
    Integer patience,
    Long seed)
    implements ModelConfig {
  /** The family's name. */
  public static final String SOM = "som";

  /** The most cells there can be. */
  public static final int MOST_CELLS = 65_536;

  public SomConfig {
    family = ModelConfig.requireFamily(family, SOM);
    window = ModelConfig.window(window);
    grid = Check.orElse(grid, GridShape.HEXAGONAL);
    if ((rows == null) != (columns == null)) {
      throw Check.refuse(
          rows == null ? "rows" : "columns",
          "is missing: a grid of given size needs rows and columns; leave both out to have them"
              + " derived from the data");
    }
    if (rows != null) {
      Check.atMost("rows", Check.atLeast("rows", rows, 1), MOST_CELLS);
      Check.atMost("columns", Check.atLeast("columns", columns, 1), MOST_CELLS / rows);
      if (rows * columns < 2) {
        throw Check.refuse("columns", "is 1, and so is rows; a map needs 2 cells or more");
      }
      if (cells != null) {
        throw Check.refuse("cells", "cannot stand beside rows and columns; leave one of them out");
      }
    }
    if (cells != null) {
      Check.atMost("cells", Check.atLeast("cells", cells, 4), MOST_CELLS);
    }
    training = Check.orElse(training, SomTraining.BATCH);
    neighbourhood = Check.orElse(neighbourhood, Neighbourhood.GAUSSIAN);
    if (radius != null) {
      Check.above("radius", radius, 0);
    }
    finalRadius = Check.above("finalRadius", Check.orElse(finalRadius, 0.3), 0);
    if (radius != null && radius < finalRadius) {
      throw Check.refuse("radius", "is " + radius + ", below finalRadius, which is " + finalRadius);
    }
    learningRate = rate("learningRate", Check.orElse(learningRate, 0.5));
    finalLearningRate = rate("finalLearningRate", Check.orElse(finalLearningRate, 0.02));
    if (finalLearningRate > learningRate) {
      throw Check.refuse(
          "finalLearningRate",
          "is " + finalLearningRate + ", above learningRate, which is " + learningRate);
    }
    initialisation = Check.orElse(initialisation, SomInitialisation.PCA);
    normalize = Check.orElse(normalize, SomNormalization.NONE);
    epochs = Check.atLeast("epochs", Check.orElse(epochs, 30), 1);
    patience = Check.atLeast("patience", Check.orElse(patience, 3), 1);
    seed = Check.orElse(seed, 1L);
  }

  private static double rate(String key, double value) {
    Check.above(key, value, 0);
    if (value > 1) {
      throw Check.refuse(
          key, "is " + value + ", but must be at most 1: the winner is then the row");
    }
    return value;
  }

  /**
   * Every setting as it was used, for the bundle's provenance.
   *
   * @param usedRows of the grid
   * @param usedColumns of the grid
   * @param usedRadius at the start
   */
  public Map<String, Object> describe(int usedRows, int usedColumns, double usedRadius) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("window", window);
    settings.put("grid", grid.name());
    settings.put("rows", usedRows);
    settings.put("columns", usedColumns);
    settings.put("training", training.name());
    settings.put("neighbourhood", neighbourhood.name());
    settings.put("radius", usedRadius);
    settings.put("finalRadius", finalRadius);
    if (training == SomTraining.ONLINE) {
      settings.put("learningRate", learningRate);
      settings.put("finalLearningRate", finalLearningRate);
    }
    settings.put("initialisation", initialisation.name());
    settings.put("normalize", normalize.name());
    settings.put("epochs", epochs);
    settings.put("patience", patience);
    return settings;
  }
}
