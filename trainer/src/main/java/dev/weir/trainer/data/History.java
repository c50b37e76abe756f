package dev.weir.trainer.data;

import dev.weir.model.feature.FeatureSpec;
import java.util.List;

/**
 * What a model learns from.
 *
 * @param features what the columns are
 * @param linked the encoded records, oldest first, and which of them are of one key
 * @param spreads how the columns vary in double precision, by column; empty if nobody looked
 * @param rejected records that were read, but could not be encoded
 * @param notes what the user should know of the reading: what was left out, and why
 * @param origin where it came from, for messages and the report
 */
public record History(
    FeatureSpec features,
    LinkedRows linked,
    List<Spread> spreads,
    long rejected,
    List<String> notes,
    String origin) {

  public History {
    spreads = List.copyOf(spreads);
    notes = List.copyOf(notes);
  }

  /** The encoded records, oldest first. */
  public Rows rows() {
    return linked.rows();
  }

  /** What a model with a window of so many rows sees of it. */
  public Samples samples(int window) {
    return Samples.of(linked.rows(), linked.previous(), window);
  }

  /** Whether a column varies, but by less than its rows, in single precision, can tell. */
  public boolean isLostInSinglePrecision(int column) {
    return column < spreads.size() && spreads.get(column).isLostInSinglePrecision();
  }
}
