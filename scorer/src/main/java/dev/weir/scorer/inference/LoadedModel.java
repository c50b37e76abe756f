package dev.weir.scorer.inference;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.Sha256;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
  private static final String COPY = "model.onnx";

  /** The stream threads are the parallelism: a session's own threads would compete with them. */
  private static final Map<String, String> SESSION =
      Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

  private final Bundle bundle;
  private final Model model;

  private LoadedModel(Bundle bundle, Model model) {
    this.bundle = bundle;
    this.model = model;
  }

  /**
   * Loads a bundle.
   *
   * @throws InvalidBundleException if ONNX Runtime does not take the graph, or if its shapes are
   *     not those of the manifest
   */
  public static LoadedModel load(Bundle bundle) {
    // DJL must neither report its use to anybody nor look for engines on the network.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Model model = Model.newInstance("weir", "OnnxRuntime");
    try (PrivateCopy copy = PrivateCopy.of(bundle)) {
      model.load(copy.folder(), COPY, SESSION);
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
      throw new OperationFailedException("cannot read " + bundle.modelFile() + ": " + e, e);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    LoadedModel loaded = new LoadedModel(bundle, model);
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

  /**
   * The bytes whose checksum was looked at, where nobody else writes: the bundle's own file may be
   * replaced at any time. Gone once it is closed.
   */
  private record PrivateCopy(Path folder) implements AutoCloseable {

    private static byte[] read(Bundle bundle) throws IOException {
      try {
        return Files.readAllBytes(bundle.modelFile());
      } catch (NoSuchFileException e) {
        throw new InvalidBundleException(
            bundle.folder(), "model.onnx is gone; copy the bundle again, or train anew", e);
      }
    }

    static PrivateCopy of(Bundle bundle) throws IOException {
      byte[] bytes = read(bundle);
      if (!Sha256.hex(bytes).equals(bundle.manifest().modelSha256())) {
        throw new InvalidBundleException(
            bundle.folder(),
            "model.onnx is not the one that was checked a moment ago: the bundle is being replaced;"
                + " try again");
      }
      PrivateCopy copy = new PrivateCopy(Files.createTempDirectory("weir-model-"));
      Files.write(copy.folder.resolve(COPY), bytes);
      return copy;
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(folder.resolve(COPY));
      Files.deleteIfExists(folder);
    }
  }
}
