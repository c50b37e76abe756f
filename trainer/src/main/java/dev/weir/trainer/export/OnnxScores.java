package dev.weir.trainer.export;

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
    Path folder = null;
    try {
      folder = Files.createTempDirectory("weir-export-");
      Files.write(folder.resolve("model.onnx"), model.bytes());
      return scores(folder, samples);
    } catch (IOException
        | ModelNotFoundException
        | MalformedModelException
        | TranslateException e) {
      throw new OperationFailedException("ONNX Runtime does not take the exported graph: " + e, e);
    } finally {
      delete(folder);
    }
  }

  private static double[] scores(Path folder, Samples samples)
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(folder)
            .optEngine("OnnxRuntime")
            .optTranslator(new NoopTranslator())
            .build();
    double[] scores = new double[samples.count()];
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      for (int first = 0; first < samples.count(); first += ROWS_AT_ONCE) {
        int end = Math.min(samples.count(), first + ROWS_AT_ONCE);
        try (NDManager manager = model.getNDManager().newSubManager()) {
          NDArray input = manager.create(samples.copy(first, end), shape(samples, end - first));
          NDList output = predictor.predict(new NDList(input));
          output.attach(manager);
          float[] part = output.get("score").toFloatArray();
          for (int i = 0; i < part.length; i++) {
            scores[first + i] = part[i];
          }
        }
      }
    }
    return scores;
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
