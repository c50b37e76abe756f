package dev.weir.trainer.preprocessing;

import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.trainer.data.Samples;
import dev.weir.trainer.preprocessing.InputColumn.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What happens to raw rows before the network. {@code d} features become {@code e} columns: a
 * missing value is filled in, a number is transformed, a category becomes one column for each in
 * its vocabulary, a cyclic feature its sine and cosine; then each column is centred, divided and
 * clipped.
 *
 * <p>Scales are such that each feature's columns together vary by 1 in training, as one number
 * does, so that no feature counts for more because it has more columns. A constant column is
 * centred and left in its own units. The clip keeps one wild value from swamping the network; what
 * it cuts off is still far outside of what the network can give back.
 *
 * <p>The same is done by the exported graph ({@code GraphFrame}). Immutable.
 */
public final class Preprocessor {
  private final FeatureSpec features;
  private final float[] fills;
  private final List<InputColumn> columns;
  private final float clip;
  private final double[] angular;
  private final Map<Integer, Integer> dimensions;

  /**
   * Puts one together.
   *
   * @param fills what stands in for a missing value, in raw units, {@code [d]}
   * @param columns in the order of roles, features and categories, {@code [e]}
   * @param clip how far from zero a column may be
   */
  public Preprocessor(FeatureSpec features, float[] fills, List<InputColumn> columns, float clip) {
    this(features, fills, columns, clip, Map.of());
  }

  private Preprocessor(
      FeatureSpec features,
      float[] fills,
      List<InputColumn> columns,
      float clip,
      Map<Integer, Integer> dimensions) {
    this.dimensions = Map.copyOf(dimensions);
    this.features = features;
    this.fills = fills.clone();
    this.columns =
        columns.stream()
            .sorted(
                Comparator.comparing(InputColumn::role)
                    .thenComparing(InputColumn::feature)
                    .thenComparing(InputColumn::category))
            .toList();
    this.clip = clip;
    angular = new double[features.width()];
    for (int j = 0; j < angular.length; j++) {
      boolean cyclic = features.features().get(j).type().isCyclic();
      angular[j] = cyclic ? 2 * Math.PI / features.features().get(j).type().period() : 0;
    }
  }

  public FeatureSpec features() {
    return features;
  }

  /** The columns, in the order in which a network sees them. */
  public List<InputColumn> columns() {
    return columns;
  }

  /** What stands in for a feature's missing value, in raw units. */
  public float fill(int feature) {
    return fills[feature];
  }

  public float clip() {
    return clip;
  }

  /** The number of features, {@code d}. */
  public int width() {
    return fills.length;
  }

  /** The number of columns, {@code e}. */
  public int columnCount() {
    return columns.size();
  }

  /**
   * The same, but that networks embed categories.
   *
   * @param wanted into how many dimensions a feature of a given name shall be embedded, if at all;
   *     a feature that has no more columns than that keeps them, since nothing would be gained
   */
  public Preprocessor embedding(Function<String, OptionalInt> wanted) {
    Map<Integer, Integer> chosen = new HashMap<>();
    for (int j = 0; j < width(); j++) {
      Feature feature = features.features().get(j);
      OptionalInt dimension = wanted.apply(feature.name());
      if (feature.type() == FeatureType.CATEGORICAL
          && dimension.isPresent()
          && dimension.getAsInt() <= feature.categories().size()) {
        chosen.put(j, dimension.getAsInt());
      }
    }
    return new Preprocessor(features, fills, columns, clip, chosen);
  }

  /** Which columns a network embeds, in their order. */
  public List<Embedding> embeddings() {
    List<Embedding> embeddings = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      InputColumn column = columns.get(k);
      Integer dimension = dimensions.get(column.feature());
      if (dimension != null && column.role() == Role.CATEGORY && column.category() == 0) {
        int size = features.features().get(column.feature()).categories().size() + 1;
        embeddings.add(new Embedding(k, size, dimension));
      }
    }
    return embeddings;
  }

  /** The number of columns once categories are embedded, {@code e'}. */
  public int embeddedCount() {
    int count = columnCount();
    for (Embedding embedding : embeddings()) {
      count += embedding.dimensions() - embedding.size();
    }
    return count;
  }

  /** What a network sees of all samples, float32 {@code [n, w, e]}, without a NaN. */
  public float[] apply(Samples samples) {
    return apply(samples, 0, samples.count());
  }

  /** What a network sees of some samples, float32 {@code [end - first, w, e]}, without a NaN. */
  public float[] apply(Samples samples, int first, int end) {
    int raw = samples.window() * width();
    int size = samples.window() * columnCount();
    float[] rows = samples.copy(first, end);
    float[] inputs = new float[(end - first) * size];
    for (int i = 0; i < (end - first) * samples.window(); i++) {
      apply(rows, i * width(), inputs, i * columnCount());
    }
    assert rows.length == (end - first) * raw;
    return inputs;
  }

  private void apply(float[] row, int from, float[] inputs, int to) {
    for (int k = 0; k < columns.size(); k++) {
      InputColumn column = columns.get(k);
      float raw = row[from + column.feature()];
      float value = value(column, raw);
      float scaled = (value - column.centre()) / column.scale();
      inputs[to + k] = Math.max(-clip, Math.min(clip, scaled));
    }
  }

  private float value(InputColumn column, float raw) {
    float x = Float.isNaN(raw) ? fills[column.feature()] : raw;
    return switch (column.role()) {
      case NUMBER -> x;
      case LOG1P -> log1p(x);
      case SIGNED_LOG -> signedLog(x);
      case CATEGORY -> x == column.category() ? 1 : 0;
      case SINE -> (float) Math.sin(x * angular[column.feature()]);
      case COSINE -> (float) Math.cos(x * angular[column.feature()]);
      case MISSING -> Float.isNaN(raw) ? 1 : 0;
    };
  }

  static float log1p(float x) {
    return (float) Math.log(1f + Math.max(x, 0));
  }

  static float signedLog(float x) {
    return Math.signum(x) * (float) Math.log(1f + Math.abs(x));
  }

  /**
   * 1 where a column is to be given back, and 0 where its feature is missing or it is no target,
   * float32 {@code [end - first, w, e]}.
   */
  public float[] mask(Samples samples, int first, int end) {
    float[] rows = samples.copy(first, end);
    float[] mask = new float[(end - first) * samples.window() * columnCount()];
    for (int i = 0; i < (end - first) * samples.window(); i++) {
      for (int k = 0; k < columns.size(); k++) {
        InputColumn column = columns.get(k);
        boolean missing = Float.isNaN(rows[i * width() + column.feature()]);
        mask[i * columnCount() + k] = missing || !column.isTarget() ? 0 : 1;
      }
    }
    return mask;
  }

  /** How many values of some samples are present, over all their rows and features. */
  public int present(Samples samples, int first, int end) {
    int present = 0;
    for (float value : samples.copy(first, end)) {
      present += Float.isNaN(value) ? 0 : 1;
    }
    return present;
  }
}
