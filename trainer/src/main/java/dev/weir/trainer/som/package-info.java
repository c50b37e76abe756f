/**
 * Self-organising maps (Kohonen 1982): grids of cells whose weights spread over the training rows
 * such that cells side by side have similar weights.
 */
package dev.weir.trainer.som;
