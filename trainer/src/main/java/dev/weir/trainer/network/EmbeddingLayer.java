package dev.weir.trainer.network;

import dev.weir.trainer.preprocessing.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trained vectors in the place of one-hot categories, after training; other columns pass as they
 * are. A category's columns times its table are its vector, but for what centring adds to all.
 *
 * @param rows of a sample that lie one after the other in its input, {@code w}
 * @param columns of each row, {@code e}
 * @param tables one for each embedded feature, in the order of their columns
 */
public record EmbeddingLayer(int rows, int columns, List<Table> tables) implements Layer {
  public EmbeddingLayer {
    tables = List.copyOf(tables);
  }

  /**
   * The vectors of one feature's categories.
   *
   * @param place which columns they stand for
   * @param vectors float32 {@code [size, dimensions]}, category by category
   */
  @SuppressWarnings("ArrayRecordComponent") // shared within the trainer, never changed
  public record Table(Embedding place, float[] vectors) {}

  /**
   * Neighbouring columns that are treated alike.
   *
   * @param first of them
   * @param end the one after the last
   * @param table which of the tables they are multiplied with; empty if they pass
   */
  public record Piece(int first, int end, Optional<Integer> table) {}

  @Override
  public int inputs() {
    return rows * columns;
  }

  @Override
  public int outputs() {
    return rows * width(columns, places());
  }

  private List<Embedding> places() {
    return tables.stream().map(Table::place).toList();
  }

  /** The columns of a row in pieces, in their order. */
  public List<Piece> pieces() {
    return pieces(columns, places());
  }

  static List<Piece> pieces(int columns, List<Embedding> embeddings) {
    List<Piece> pieces = new ArrayList<>();
    int done = 0;
    for (int i = 0; i < embeddings.size(); i++) {
      Embedding embedding = embeddings.get(i);
      if (embedding.first() > done) {
        pieces.add(new Piece(done, embedding.first(), Optional.empty()));
      }
      done = embedding.first() + embedding.size();
      pieces.add(new Piece(embedding.first(), done, Optional.of(i)));
    }
    if (done < columns) {
      pieces.add(new Piece(done, columns, Optional.empty()));
    }
    return pieces;
  }

  /** How many numbers become of a row's columns. */
  static int width(int columns, List<Embedding> embeddings) {
    int saved = embeddings.stream().mapToInt(place -> place.size() - place.dimensions()).sum();
    return columns - saved;
  }
}
