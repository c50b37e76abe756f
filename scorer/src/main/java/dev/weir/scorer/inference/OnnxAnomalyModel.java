package dev.weir.scorer.inference;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.OperationFailedException;
import java.nio.FloatBuffer;
import java.util.OptionalInt;

/** Scores batches in ONNX Runtime through DJL. The batch's own memory is the network's input. */
final class OnnxAnomalyModel implements AnomalyModel {
  private final Manifest manifest;
  private final Model model;
  private final Predictor<NDList, NDList> predictor;

  OnnxAnomalyModel(Manifest manifest, Model model) {
    this.manifest = manifest;
    this.model = model;
    predictor = model.newPredictor(new NoopTranslator());
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public ScoredBatch score(FeatureBatch batch) {
    NDManager manager = model.getNDManager().newSubManager();
    try {
      NDArray input = manager.create(batch.values(), shape(batch));
      NDList output = predictor.predict(new NDList(input));
      output.attach(manager);
      return new OnnxScoredBatch(manager, output, batch.size(), batch.width());
    } catch (TranslateException | RuntimeException e) {
      manager.close();
      throw new OperationFailedException(
          "model "
              + manifest.name()
              + " "
              + manifest.version()
              + " cannot score a batch of "
              + batch.size()
              + " rows: "
              + e.getMessage(),
          e);
    }
  }

  private static Shape shape(FeatureBatch batch) {
    return batch.window() == 1
        ? new Shape(batch.size(), batch.width())
        : new Shape(batch.size(), batch.window(), batch.width());
  }

  @Override
  public void close() {
    predictor.close();
  }

  /** The graph's outputs, copied out of native memory one by one as they are asked for. */
  private static final class OnnxScoredBatch implements ScoredBatch {
    private static final long[] NO_CELLS = {};

    private final NDManager manager;
    private final NDList output;
    private final int width;
    private final FloatBuffer scores;
    private FloatBuffer contributions;
    private FloatBuffer expected;
    private long[] cells;

    OnnxScoredBatch(NDManager manager, NDList output, int rows, int width) {
      this.manager = manager;
      this.output = output;
      this.width = width;
      scores = values("score", rows);
    }

    private FloatBuffer values(String name, int count) {
      NDArray array = output.get(name);
      if (array == null || array.size() != count) {
        throw new OperationFailedException(
            "the graph's output '"
                + name
                + "' has "
                + (array == null ? "no" : array.size())
                + " values where "
                + count
                + " are due");
      }
      return array.toByteBuffer().asFloatBuffer();
    }

    @Override
    public float score(int row) {
      return scores.get(row);
    }

    @Override
    public float[] contributions(int row) {
      if (contributions == null) {
        contributions = values("contributions", scores.capacity() * width);
      }
      return row(contributions, row);
    }

    @Override
    public float[] expected(int row) {
      if (expected == null) {
        expected = values("expected", scores.capacity() * width);
      }
      return row(expected, row);
    }

    @Override
    public OptionalInt cell(int row) {
      if (cells == null) {
        NDArray array = output.get("cell");
        if (array != null
            && (array.size() != scores.capacity() || array.getDataType() != DataType.INT64)) {
          throw new OperationFailedException(
              "the graph's output 'cell' has "
                  + array.size()
                  + " values of type "
                  + array.getDataType()
                  + " where "
                  + scores.capacity()
                  + " of type int64 are due");
        }
        cells = array == null ? NO_CELLS : array.toLongArray();
      }
      return cells.length == 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(cells[row]));
    }

    private float[] row(FloatBuffer values, int row) {
      float[] copy = new float[width];
      values.get(row * width, copy);
      return copy;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
