package dev.weir.scorer.inference;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A bundle's graph in ONNX Runtime, loaded once and shared by all stream threads.
 *
 * <p>Loading runs the graph on two rows, so that a graph whose input or outputs do not fit the
 * manifest is refused before the first record. Thread-safe; the scorers made from it are not.
 */
public final class LoadedModel implements AutoCloseable {
  private final Bundle bundle;
  private final ZooModel<NDList, NDList> model;

  private LoadedModel(Bundle bundle, ZooModel<NDList, NDList> model) {
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
    // The stream threads are the parallelism: a session's own threads would only compete with them.
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(bundle.modelFile())
            .optEngine("OnnxRuntime")
            .optOption("intraOpNumThreads", "1")
            .optOption("interOpNumThreads", "1")
            .optTranslator(new NoopTranslator())
            .build();
    ZooModel<NDList, NDList> model;
    try {
      model = criteria.loadModel();
    } catch (MalformedModelException | ModelNotFoundException e) {
      throw new InvalidBundleException(
          bundle.folder(),
          "ONNX Runtime does not take model.onnx ("
              + rootMessage(e)
              + "); copy the bundle again, or train anew",
          e);
    } catch (IOException e) {
      throw new OperationFailedException("cannot read " + bundle.modelFile() + ": " + e, e);
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
    FeatureBatch batch = new FeatureBatch(2, width);
    float[] row = new float[width];
    batch.add(row);
    Arrays.fill(row, Float.NaN);
    batch.add(row);
    try (AnomalyModel scorer = newScorer();
        ScoredBatch scored = scorer.score(batch)) {
      boolean fits =
          Float.isFinite(scored.score(0))
              && Float.isFinite(scored.score(1))
              && scored.contributions(1).length == width
              && scored.expected(1).length == width;
      if (!fits) {
        throw new OperationFailedException("a score is not finite");
      }
    } catch (OperationFailedException e) {
      throw new InvalidBundleException(
          bundle.folder(),
          "model.onnx does not fit the manifest, which has "
              + width
              + " features ("
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
