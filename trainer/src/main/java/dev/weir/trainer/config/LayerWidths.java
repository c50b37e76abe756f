package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/** How wide the layers of an encoder are, the last being the code. */
final class LayerWidths {
  private static final int WIDEST = 65_536;

  /**
   * A window has many columns that say nearly the same; widths that grew with them would be
   * millions of weights to learn from thousands of rows.
   */
  private static final int WIDEST_DERIVED = 256;

  private static final int WIDEST_CODE = 64;

  private LayerWidths() {}

  /** The widths, which may be null; refuses what are none. */
  static List<Integer> check(List<Integer> hiddenLayers) {
    if (hiddenLayers == null) {
      return null;
    }
    Check.present("hiddenLayers", hiddenLayers, "for example [64, 32, 8]; or leave the key out");
    hiddenLayers.forEach(
        width -> Check.atMost("hiddenLayers", Check.atLeast("hiddenLayers", width, 1), WIDEST));
    return List.copyOf(hiddenLayers);
  }

  /** The share, 0 if there is none; refuses what is none. */
  static double checkDropout(Double dropout) {
    return dropout == null || dropout == 0 ? 0 : Check.between("dropout", dropout, 0, 1);
  }

  /**
   * The widths for so many inputs.
   *
   * @param overcomplete whether the code is wider than the input
   */
  static List<Integer> derive(int inputs, boolean overcomplete) {
    int first = Math.max(16, Math.min(2 * inputs, WIDEST_DERIVED));
    if (overcomplete) {
      return List.of(first, Math.max(inputs + 1, Math.min(2 * inputs, WIDEST_DERIVED)));
    }
    int second = Math.max(8, Math.min(inputs, WIDEST_DERIVED / 2));
    int code = Math.max(1, Math.min((int) Math.round(inputs / 4.0), WIDEST_CODE));
    return List.of(first, second, code);
  }
}
