package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.Provenance;
import java.util.Map;
import java.util.TreeMap;

/** Where the model comes from. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  static ReportSection of(Manifest manifest) {
    Provenance provenance = manifest.provenance();
    Table table =
        Table.facts()
            .fact("Trained", provenance.createdAt().toString())
            .fact("Data fingerprint", provenance.dataFingerprint())
            .fact("Model checksum", manifest.modelSha256())
            .fact("Seed", Long.toString(provenance.seed()));
    if (provenance.parent() != null) {
      table.fact("Fine-tuned from", provenance.parent().toString());
    }
    if (provenance.teacher() != null) {
      table.fact("Taught by", provenance.teacher().toString());
    }
    for (Map.Entry<String, Object> setting :
        new TreeMap<>(provenance.hyperparameters()).entrySet()) {
      table.fact("model." + setting.getKey(), String.valueOf(setting.getValue()));
    }
    for (Map.Entry<String, String> library : new TreeMap<>(provenance.libraries()).entrySet()) {
      table.fact(library.getKey(), library.getValue());
    }
    return new ReportSection("provenance", "Provenance", table.html());
  }
}
