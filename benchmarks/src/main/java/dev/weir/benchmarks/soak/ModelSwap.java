package dev.weir.benchmarks.soak;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.BundleWriter;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts one bundle after the other where the scorer looks. Not thread-safe. */
final class ModelSwap {
  private final List<Bundle> bundles;
  private final Path live;
  private int next;

  /**
   * Puts the first one there.
   *
   * @param live the folder that the scorer watches
   */
  ModelSwap(List<Bundle> bundles, Path live) {
    this.bundles = List.copyOf(bundles);
    this.live = live;
    swap();
  }

  void swap() {
    Bundle bundle = bundles.get(next++ % bundles.size());
    try {
      BundleWriter.write(
          live, bundle.manifest(), Files.readAllBytes(bundle.modelFile()), "<!DOCTYPE html>");
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + bundle.modelFile() + ": " + e, e);
    }
  }

  /** How often another one took the place of one. */
  int swaps() {
    return next - 1;
  }
}
