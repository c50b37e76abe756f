package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.weir.trainer.preprocessing.Embedding;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.ArrayList;
import java.util.List;

/**
 * Embeddings of categories in training. Sees {@code [.., m · e]} for rows of {@code e} columns, and
 * gives {@code [.., m · e']}; all rows share the vectors.
 */
final class EmbeddingBlock extends AbstractBlock {
  private final int rows;
  private final int columns;
  private final int width;
  private final List<Embedding> embeddings;
  private final List<Parameter> tables = new ArrayList<>();

  /**
   * A block with vectors that are yet to be initialised.
   *
   * @param preprocessor says which columns are embedded
   * @param rows of a sample that lie one after the other in the last axis
   */
  EmbeddingBlock(Preprocessor preprocessor, int rows) {
    this.rows = rows;
    columns = preprocessor.columnCount();
    embeddings = preprocessor.embeddings();
    width = preprocessor.embeddedCount();
    for (Embedding embedding : embeddings) {
      tables.add(
          addParameter(
              Parameter.builder()
                  .setName("table" + tables.size())
                  .setType(Parameter.Type.WEIGHT)
                  .optShape(new Shape(embedding.size(), embedding.dimensions()))
                  .build()));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      PairList<String, Object> settings) {
    NDArray input = inputs.singletonOrThrow();
    List<NDArray> vectors =
        tables.stream()
            .map(table -> parameters.getValue(table, input.getDevice(), training))
            .toList();
    NDArray embedded =
        embed(input.reshape(-1, columns), EmbeddingLayer.pieces(columns, embeddings), vectors);
    return new NDList(embedded.reshape(widened(input.getShape())));
  }

  /**
   * Embeds rows.
   *
   * @param rows {@code [n, e]}
   * @param vectors a table for each embedding, {@code [size, dimensions]}
   * @return {@code [n, e']}
   */
  static NDArray embed(NDArray rows, List<EmbeddingLayer.Piece> pieces, List<NDArray> vectors) {
    NDList parts = new NDList();
    for (EmbeddingLayer.Piece piece : pieces) {
      NDArray part = rows.get(new NDIndex().addAllDim().addSliceDim(piece.first(), piece.end()));
      parts.add(piece.table().map(table -> part.matMul(vectors.get(table))).orElse(part));
    }
    return NDArrays.concat(parts, 1);
  }

  private Shape widened(Shape shape) {
    long[] sizes = shape.getShape().clone();
    sizes[sizes.length - 1] = sizes[sizes.length - 1] / columns * width;
    return new Shape(sizes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {widened(inputs[0])};
  }

  /** The vectors as they are now, copied. */
  EmbeddingLayer weights() {
    List<EmbeddingLayer.Table> copies = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      copies.add(
          new EmbeddingLayer.Table(embeddings.get(i), tables.get(i).getArray().toFloatArray()));
    }
    return new EmbeddingLayer(rows, columns, copies);
  }
}
