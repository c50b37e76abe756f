package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much the cells around a winner learn with it (Kohonen, Self-Organizing Maps, 3rd edition
 * 2001, section 3.2).
 */
public enum Neighbourhood {
  /** Winner takes most: {@code exp(-d² / 2r²)}. */
  @JsonProperty("gaussian")
  GAUSSIAN(6) {
    @Override
    public double of(double squaredDistance, double radius) {
      return Math.exp(-squaredDistance / (2 * radius * radius));
    }
  },

  /** Winner takes most: 1 up to the radius, 0 beyond. */
  @JsonProperty("bubble")
  BUBBLE(1) {
    @Override
    public double of(double squaredDistance, double radius) {
      return squaredDistance <= radius * radius ? 1 : 0;
    }
  },

  /** Winner takes all. */
  @JsonProperty("none")
  NONE(0) {
    @Override
    public double of(double squaredDistance, double radius) {
      return squaredDistance == 0 ? 1 : 0;
    }
  };

  private final double radii;

  Neighbourhood(double radii) {
    this.radii = radii;
  }

  /**
   * The winner's neighbour's share, 1 for the winner itself.
   *
   * @param squaredDistance of the two on the grid; cells side by side are 1 apart
   * @param radius above zero
   */
  public abstract double of(double squaredDistance, double radius);

  /** Beyond this distance on the grid the share is nought, or too small to matter. */
  public double reach(double radius) {
    return radii * radius;
  }
}
