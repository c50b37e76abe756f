package dev.weir.scorer.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;

/**
 * A bundle's graph in ONNX Runtime, loaded once and shared by all stream threads.
 *
 * <p>Loading runs the graph on two rows (or windows of rows), so that a graph whose input or
 * outputs do not fit the manifest is refused before the first record. Thread-safe; the scorers made
 * from it are not.
 */
public final class LoadedModel implements AutoCloseable {
  private final Bundle bundle;
  private final Model model;
  private final ComputeDevice device;

  private LoadedModel(Bundle bundle, Model model, ComputeDevice device) {
    this.bundle = bundle;
    this.model = model;
    this.device = device;
  }

  /**
   * Loads a bundle into the CPU.
   *
   * @throws InvalidBundleException if ONNX Runtime does not take the graph, or if its shapes are
   *     not those of the manifest
   */
  public static LoadedModel load(Bundle bundle) {
    return load(bundle, ComputeDevice.CPU);
  }

  /**
   * Loads a bundle.
   *
   * @throws InvalidBundleException if ONNX Runtime does not take the graph, or if its shapes are
   *     not those of the manifest
   * @throws InvalidInputException if it must be a GPU, and there is none that can be used
   * @throws OperationFailedException if the graph cannot be read, or not be copied to the folder
   *     for temporary files
   */
  public static LoadedModel load(Bundle bundle, ComputeDevice wanted) {
    try (PrivateCopy copy = PrivateCopy.of(bundle, Files::write)) {
      return load(bundle, copy, wanted);
    }
  }

  private static LoadedModel load(Bundle bundle, PrivateCopy copy, ComputeDevice wanted) {
    // In any case: so a bundle that no device takes is told from a GPU that takes no bundle.
    LoadedModel onCpu = load(bundle, copy, ComputeDevice.CPU, Sessions.ON_CPU);
    if (wanted.kind() == ComputeDevice.Kind.CPU) {
      return onCpu;
    }
    try (Sessions.OnGpu gpu = Sessions.onGpu(wanted.index())) {
      LoadedModel onGpu = load(bundle, copy, gpu.device(), gpu.settings());
      onCpu.close();
      return onGpu;
    } catch (OperationFailedException | InvalidBundleException e) {
      if (wanted.kind() == ComputeDevice.Kind.AUTO) {
        Sessions.warnOfNoGpu(rootMessage(e));
        return onCpu;
      }
      onCpu.close();
      throw new InvalidInputException(
          "device is " + wanted + ", but the GPU cannot be used: " + Sessions.need(rootMessage(e)),
          e);
    }
  }

  private static LoadedModel load(
      Bundle bundle, PrivateCopy copy, ComputeDevice device, Map<String, ?> settings) {
    // DJL must neither report its use to anybody nor look for engines on the network.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    // To DJL it is the CPU in any case: rows and scores lie in its memory.
    Model model = Model.newInstance("weir", Device.cpu(), "OnnxRuntime");
    try {
      model.load(copy.folder(), PrivateCopy.FILE, settings);
    } catch (MalformedModelException e) {
      model.close();
      throw new InvalidBundleException(
          bundle.folder(),
          "ONNX Runtime does not take model.onnx ("
              + rootMessage(e)
              + "); copy the bundle again, or train anew",
          e);
    } catch (IOException e) {
      model.close();
      throw new OperationFailedException("cannot read the copy of model.onnx: " + e, e);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    LoadedModel loaded = new LoadedModel(bundle, model, device);
    try {
      loaded.warmUp();
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
    return loaded;
  }

  public Manifest manifest() {
    return bundle.manifest();
  }

  /** What it runs on: {@code cpu}, or {@code gpu} with its number. */
  public ComputeDevice device() {
    return device;
  }

  /** A scorer for one thread. */
  public AnomalyModel newScorer() {
    return new OnnxAnomalyModel(bundle.manifest(), model);
  }

  private void warmUp() {
    int width = manifest().features().width();
    int window = manifest().window();
    FeatureBatch batch = new FeatureBatch(2, window, width);
    float[] rows = new float[window * width];
    batch.add(rows);
    Arrays.fill(rows, Float.NaN);
    batch.add(rows);
    try (AnomalyModel scorer = newScorer();
        ScoredBatch scored = scorer.score(batch)) {
      boolean fits =
          Float.isFinite(scored.score(0))
              && Float.isFinite(scored.score(1))
              && scored.contributions(1).length == width
              && scored.expected(1).length == width
              && scored.cell(1).orElse(0) >= 0;
      if (!fits) {
        throw new OperationFailedException("a score is not finite");
      }
    } catch (OperationFailedException e) {
      throw new InvalidBundleException(
          bundle.folder(),
          "model.onnx does not fit the manifest, which has "
              + width
              + " features"
              + (window == 1 ? " (" : " in windows of " + window + " rows (")
              + rootMessage(e)
              + "); train anew",
          e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    model.close();
  }
}
