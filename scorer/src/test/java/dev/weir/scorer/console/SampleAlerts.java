package dev.weir.scorer.console;

import dev.weir.model.bundle.AlertThreshold;
import dev.weir.schemas.Alert;
import dev.weir.schemas.FeatureContribution;
import dev.weir.scorer.alert.AlertMaker;
import dev.weir.scorer.alert.AlertPolicy;
import dev.weir.scorer.alert.ModelIdentity;
import dev.weir.scorer.alert.RecordSource;
import dev.weir.scorer.alert.Verdict;
import dev.weir.scorer.config.AlertConfig;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** Alerts as the scorer makes them. */
final class SampleAlerts {
  private static final ModelIdentity MODEL =
      new ModelIdentity("tiny", "7", "autoencoder", new AlertThreshold(0.01, 11));

  private SampleAlerts() {}

  static Alert of(String key, long offset, FeatureContribution... contributions) {
    Verdict verdict =
        new Verdict(MODEL, 20, 1e-5, true, false, List.of(contributions), OptionalInt.of(3));
    RecordSource source = new RecordSource("metrics", 0, offset, key, 1_000);
    return new AlertMaker("fleet")
        .alert(
            new AlertPolicy("fleet", AlertConfig.DEFAULT).onRecord(source, verdict).get(0),
            MODEL,
            Instant.ofEpochMilli(2_000));
  }

  static Verdict verdict(double score) {
    return new Verdict(MODEL, score, 0.5, false, false, List.of(), OptionalInt.empty());
  }

  static Verdict verdict(boolean anomalous, boolean warmingUp) {
    return new Verdict(MODEL, 1, 0.5, anomalous, warmingUp, List.of(), OptionalInt.empty());
  }

  static KeptAlert kept(long offset) {
    return KeptAlert.of(of("host", offset));
  }
}
