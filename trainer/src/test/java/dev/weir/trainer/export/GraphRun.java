package dev.weir.trainer.export;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.Samples;
import java.nio.file.Files;
import java.nio.file.Path;

/** An exported graph in ONNX Runtime, with all that it gives; for tests. */
public final class GraphRun implements AutoCloseable {
  private final ZooModel<NDList, NDList> model;
  private final Predictor<NDList, NDList> predictor;

  /** Loads a graph; the folder is the caller's. */
  public GraphRun(OnnxModel onnx, Path folder) throws Exception {
    Path own = Files.createTempDirectory(folder, "graph-");
    Files.write(own.resolve("model.onnx"), onnx.bytes());
    model =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(own)
            .optEngine("OnnxRuntime")
            .optTranslator(new NoopTranslator())
            .build()
            .loadModel();
    predictor = model.newPredictor();
  }

  /**
   * What the graph gives.
   *
   * @param score float32 {@code [n]}
   * @param contributions float32 {@code [n, d]}
   * @param expected float32 {@code [n, d]}
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Output(float[] score, float[] contributions, float[] expected) {}

  /** Runs all rows in one batch. */
  public Output run(Rows rows) throws Exception {
    return run(Samples.of(rows));
  }

  /** Runs all samples in one batch. */
  public Output run(Samples samples) throws Exception {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      Shape shape = OnnxScores.shape(samples, samples.count());
      NDList output = predictor.predict(new NDList(manager.create(samples.copy(), shape)));
      output.attach(manager);
      return new Output(
          output.get("score").toFloatArray(),
          output.get("contributions").toFloatArray(),
          output.get("expected").toFloatArray());
    }
  }

  /** What the graph gives of integers by some name, for all samples in one batch. */
  public long[] integers(Samples samples, String name) throws Exception {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      Shape shape = OnnxScores.shape(samples, samples.count());
      NDList output = predictor.predict(new NDList(manager.create(samples.copy(), shape)));
      output.attach(manager);
      return output.get(name).toLongArray();
    }
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
  }
}
