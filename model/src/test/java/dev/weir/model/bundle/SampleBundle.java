package dev.weir.model.bundle;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.model.feature.FeatureSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A bundle's parts, small and made by hand. */
final class SampleBundle {
  static final byte[] MODEL = "not really ONNX".getBytes(StandardCharsets.UTF_8);
  static final String REPORT = "<html>Größe</html>";

  private SampleBundle() {}

  static Manifest manifest() {
    return manifest("v1", MODEL);
  }

  static Manifest manifest(String version, byte[] model) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        "web-servers",
        version,
        "autoencoder",
        FeatureSpec.numeric(List.of("load", "cpu.user")),
        new Calibration(new double[] {0, 0.1, 0.30000000000000004}, tail(), 5000),
        new AlertThreshold(1e-3, 1.7),
        new Provenance(
            Instant.parse("2026-10-01T12:34:56.789Z"),
            "ab12",
            7000,
            1500,
            1500,
            Map.of("hiddenLayers", List.of(16, 8), "learningRate", 1e-3, "activation", "RELU"),
            -42,
            Map.of("djl", "0.35.1")),
        Sha256.hex(model));
  }

  private static ParetoTail tail() {
    return new ParetoTail(0.30000000000000004, 0.02, -0.1, 1.0 / 3);
  }
}
