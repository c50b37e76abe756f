package dev.weir.trainer.export;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.trainer.data.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scores samples through ONNX Runtime, as the scorer will. */
public final class OnnxScores {
  private static final int ROWS_AT_ONCE = 1024;

  private OnnxScores() {}

  /**
   * The graph's scores of some samples.
   *
   * @return float64 {@code [n]}
   * @throws OperationFailedException if ONNX Runtime does not take the graph
   */
  public static double[] of(OnnxModel model, Samples samples) {
    double[] all = new double[samples.count()];
    each(
        model,
        samples,
        (first, scores, contributions, expected) -> {
          for (int i = 0; i < scores.length; i++) {
            all[first + i] = scores[i];
          }
        });
    return all;
  }

  /** Takes what a graph gives for some samples, one batch after the other. */
  @FunctionalInterface
  public interface BatchHandler {
    /**
     * Takes one batch of {@code b} samples.
     *
     * @param first the index of its first sample
     * @param scores float32 {@code [b]}
     * @param contributions float32 {@code [b, d]}
     * @param expected float32 {@code [b, d]}
     */
    void batch(int first, float[] scores, float[] contributions, float[] expected);
  }

  /**
   * All that the graph gives for some samples.
   *
   * @throws OperationFailedException if ONNX Runtime does not take the graph
   */
  public static void each(OnnxModel model, Samples samples, BatchHandler handler) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("weir-export-");
      Files.write(folder.resolve("model.onnx"), model.bytes());
      run(folder, samples, handler);
    } catch (IOException
        | ModelNotFoundException
        | MalformedModelException
        | TranslateException e) {
      throw new OperationFailedException("ONNX Runtime does not take the exported graph: " + e, e);
    } finally {
      delete(folder);
    }
  }

  private static void run(Path folder, Samples samples, BatchHandler handler)
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(folder)
            .optEngine("OnnxRuntime")
            .optDevice(Device.cpu())
            .optTranslator(new NoopTranslator())
            .build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      for (int first = 0; first < samples.count(); first += ROWS_AT_ONCE) {
        int end = Math.min(samples.count(), first + ROWS_AT_ONCE);
        try (NDManager manager = model.getNDManager().newSubManager()) {
          NDArray input = manager.create(samples.copy(first, end), shape(samples, end - first));
          NDList output = predictor.predict(new NDList(input));
          output.attach(manager);
          handler.batch(
              first,
              output.get("score").toFloatArray(),
              output.get("contributions").toFloatArray(),
              output.get("expected").toFloatArray());
        }
      }
    }
  }

  /** Of a batch of so many samples, as the graph wants it. */
  public static Shape shape(Samples samples, int count) {
    return samples.window() == 1
        ? new Shape(count, samples.width())
        : new Shape(count, samples.window(), samples.width());
  }

  private static void delete(Path folder) {
    if (folder != null
        && !(folder.resolve("model.onnx").toFile().delete() && folder.toFile().delete())) {
      folder.toFile().deleteOnExit();
    }
  }
}
