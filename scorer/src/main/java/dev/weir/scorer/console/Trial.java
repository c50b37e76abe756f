package dev.weir.scorer.console;

import dev.weir.model.bundle.Manifest;
import dev.weir.scorer.alert.Agreement;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How a model on trial does beside the live one, since one of the two took over. Thread-safe. */
final class Trial {
  private final String model;
  private final String version;
  private final Map<Agreement, LongAdder> counts = new EnumMap<>(Agreement.class);

  Trial(Manifest manifest) {
    this(manifest.name(), manifest.version());
  }

  private Trial(String model, String version) {
    this.model = model;
    this.version = version;
    for (Agreement outcome : Agreement.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void add(Agreement outcome) {
    counts.get(outcome).increment();
  }

  /** The same model, beside another live one. */
  Trial anew() {
    return new Trial(model, version);
  }

  String model() {
    return model;
  }

  String version() {
    return version;
  }

  /** How many records had one of these outcomes. */
  long count(Agreement... outcomes) {
    long sum = 0;
    for (Agreement outcome : outcomes) {
      sum += counts.get(outcome).sum();
    }
    return sum;
  }
}
