package dev.weir.benchmarks.quality;

import dev.weir.trainer.config.SplitConfig;

/**
 * Where {@code weir train} cuts a history by default, however short it is.
 *
 * @param training the end of the training part, exclusive
 * @param validation the end of the validation part, exclusive; the rest is for calibration
 */
record HistoryCut(int training, int validation) {
  static HistoryCut of(int rows) {
    int calibration = Math.max(1, (int) Math.round(rows * SplitConfig.DEFAULT.calibration()));
    int validation = Math.max(1, (int) Math.round(rows * SplitConfig.DEFAULT.validation()));
    return new HistoryCut(rows - validation - calibration, rows - calibration);
  }
}
