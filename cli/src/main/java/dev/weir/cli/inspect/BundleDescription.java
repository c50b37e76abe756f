package dev.weir.cli.inspect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;

/** What a bundle holds, for people and for programs. */
public final class BundleDescription {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double[] PROBABILITIES = {0.5, 0.9, 0.99, 0.999, 0.9999};

  private BundleDescription() {}

  /** The report's figures as text. */
  public static String text(Bundle bundle) {
    return BundleText.of(bundle);
  }

  /**
   * The manifest as JSON, but for the table of quantiles, of which it has a few, by probability;
   * and with {@code threshold.falseAlarmsPerDay} where the rate of rows is known.
   */
  public static String json(Bundle bundle) {
    Manifest manifest = bundle.manifest();
    try {
      ObjectNode node =
          (ObjectNode) JSON.readTree(bundle.folder().resolve("manifest.json").toFile());
      ObjectNode quantiles = ((ObjectNode) node.get("calibration")).putObject("quantiles");
      for (double probability : PROBABILITIES) {
        quantiles.put(
            Double.toString(probability), manifest.calibration().scoreAt(1 - probability));
      }
      Double perDay =
          manifest.training() == null
              ? null
              : manifest.training().alertsPerDay(manifest.threshold().falseAlarmRate());
      if (perDay != null) {
        ((ObjectNode) node.get("threshold")).put("falseAlarmsPerDay", perDay);
      }
      return node.toPrettyString();
    } catch (IOException e) {
      throw new OperationFailedException("cannot read the bundle " + bundle.folder() + ": " + e, e);
    }
  }
}
