package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.EncoderState;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureEncoder;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import dev.weir.trainer.config.SourceConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LinkedRows;
import dev.weir.trainer.data.Reservoir;
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.RowsBuilder;
import dev.weir.trainer.data.SpreadCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Encodes a history's records as they come, with a state for each key, and learns the vocabularies
 * of its categorical features.
 */
final class HistoryCollector {
  private final SelectedFeatures selected;
  private final FeatureEncoder encoder;
  private final Map<Integer, CategoryLearner> learners = new TreeMap<>();
  private final SpreadCollector spreads;
  private final float[] row;
  private final RowsBuilder rows;
  private final ExcludedPeriods periods;
  private final Optional<Reservoir> reservoir;
  private final Map<PartOfKey, Integer> keys = new HashMap<>();
  private final List<Object> keyOf = new ArrayList<>();
  private final List<EncoderState> states = new ArrayList<>();
  private long[] newest = new long[16];
  private long count;

  /** What looks back goes no further than where a period is left out. */
  private record PartOfKey(Object key, int part) {}

  /**
   * Nothing is collected yet.
   *
   * @param source says how many records are drawn
   * @param periods those left out; nobody adds records that lie in them
   */
  HistoryCollector(SelectedFeatures selected, SourceConfig source, ExcludedPeriods periods) {
    this.selected = selected;
    this.periods = periods;
    reservoir =
        Optional.ofNullable(source.sample()).map(n -> new Reservoir(n, source.sampleSeed()));
    refuseSampleOfWhatLooksBack();
    FeatureSpec spec = selected.spec();
    encoder = new FeatureEncoder(spec);
    List<FieldPath> fields = spec.fields();
    int[] followed = new int[spec.width()];
    for (int i = 0; i < followed.length; i++) {
      Feature feature = spec.features().get(i);
      int slot = fields.indexOf(feature.path());
      boolean categorical = selected.categories().containsKey(i);
      if (categorical) {
        learners.put(i, new CategoryLearner(feature.path(), slot));
      }
      boolean asItIs =
          !categorical
              && feature.type() == FeatureType.NUMERIC
              && !feature.transform().isStateful();
      followed[i] = asItIs ? slot : SpreadCollector.NOT_FOLLOWED;
    }
    spreads = new SpreadCollector(followed);
    row = new float[spec.width()];
    rows = new RowsBuilder(spec.width());
  }

  private void refuseSampleOfWhatLooksBack() {
    if (reservoir.isEmpty()) {
      return;
    }
    selected.spec().features().stream()
        .filter(feature -> feature.transform().isStateful())
        .findFirst()
        .ifPresent(
            feature -> {
              throw new InvalidInputException(
                  "source.sample takes rows at random, but feature '"
                      + feature.name()
                      + "' looks back at earlier rows; leave source.sample out, or the transform in"
                      + " features.columns");
            });
  }

  /** The fields whose values a record is added by, slot by slot. */
  List<FieldPath> fields() {
    return selected.spec().fields();
  }

  /** How many records were added, those included that are not in the sample. */
  long count() {
    return count;
  }

  /**
   * Adds a record; those of one key in the order in which they arrived.
   *
   * @param values slot {@code i} for the {@code i}-th field; what comes after is left alone.
   *     Categories are changed to numbers
   * @param timeMillis when it happened; one that is late counts as its key's newest
   * @param key equal for all records of a key
   * @throws RejectedRecordException if it cannot be encoded; then nothing is added
   */
  void add(FieldValues values, long timeMillis, Object key) throws RejectedRecordException {
    for (CategoryLearner learner : learners.values()) {
      learner.number(values);
    }
    int id =
        keys.computeIfAbsent(new PartOfKey(key, periods.part(timeMillis)), unused -> newKey(key));
    if (encoder.needsState()) {
      encoder.encode(values, timeMillis, states.get(id), row, 0);
    } else {
      encoder.encode(values, row, 0);
    }
    for (CategoryLearner learner : learners.values()) {
      learner.count();
    }
    newest[id] = Math.max(newest[id], timeMillis);
    count++;
    keep(newest[id], id);
    spreads.add(values);
  }

  private void keep(long time, int key) {
    int place = reservoir.map(Reservoir::next).orElse(rows.count());
    if (place == rows.count()) {
      rows.add(row, time, key);
    } else if (place != Reservoir.NOT_TAKEN) {
      rows.replace(place, row, time, key);
    }
  }

  private int newKey(Object key) {
    int id = keyOf.size();
    keyOf.add(key);
    if (id == newest.length) {
      newest = Arrays.copyOf(newest, 2 * id);
    }
    newest[id] = Long.MIN_VALUE;
    if (encoder.needsState()) {
      states.add(encoder.newState());
    }
    return id;
  }

  /**
   * What was added.
   *
   * @param rejected how many records could not be
   * @param notes what else the user should know of the reading
   * @param timed whether the times are moments, not numbers that only order the rows
   * @throws InvalidInputException if a categorical feature has no value
   */
  History history(long rejected, List<String> notes, String origin, boolean timed) {
    List<String> allNotes = new ArrayList<>(selected.notes());
    allNotes.addAll(notes);
    periods.note().ifPresent(allNotes::add);
    reservoir
        .filter(sample -> sample.seen() > sample.capacity())
        .ifPresent(
            sample ->
                allNotes.add(
                    String.format(
                        Locale.ROOT,
                        "sampled %,d of %,d rows at random, as source.sample asks",
                        sample.capacity(),
                        sample.seen())));
    List<Feature> features = new ArrayList<>(selected.spec().features());
    Map<Integer, float[]> places = new TreeMap<>();
    learners.forEach(
        (column, learner) -> {
          Feature feature = features.get(column);
          List<String> vocabulary = learner.vocabulary(selected.categories().get(column));
          if (vocabulary.isEmpty()) {
            throw new InvalidInputException(
                "column '"
                    + feature.name()
                    + "' of "
                    + origin
                    + " has no value in any row; leave it out with features.exclude: ["
                    + feature.name()
                    + "]");
          }
          if (learner.distinct() > vocabulary.size()) {
            allNotes.add(leftToOthers(feature, learner, vocabulary.size()));
          }
          features.set(column, Feature.categorical(feature.name(), vocabulary));
          places.put(column, learner.places(vocabulary));
        });
    return new History(
        new FeatureSpec(features),
        placed(rows.build(), places),
        spreads.spreads(),
        rejected,
        allNotes,
        origin,
        KeyNames.of(keyOf),
        timed);
  }

  private static String leftToOthers(Feature feature, CategoryLearner learner, int known) {
    return String.format(
        Locale.ROOT,
        "'%s' has %s%,d different values; all but the %,d most frequent count as one, \"other\"."
            + " Say 'categories' in its rule under features.columns if more shall be told apart",
        feature.name(),
        learner.distinct() >= CategoryLearner.MOST_DISTINCT ? "more than " : "",
        learner.distinct(),
        known);
  }

  /** The rows with their categories' numbers changed to places in the vocabularies. */
  private static LinkedRows placed(LinkedRows built, Map<Integer, float[]> places) {
    if (places.isEmpty()) {
      return built;
    }
    int width = built.rows().width();
    float[] values = built.rows().copy();
    places.forEach(
        (column, byNumber) -> {
          for (int i = column; i < values.length; i += width) {
            values[i] = Float.isNaN(values[i]) ? Float.NaN : byNumber[(int) values[i]];
          }
        });
    return new LinkedRows(Rows.of(values, width), built.previous(), built.times(), built.keys());
  }
}
