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
import dev.weir.trainer.data.Rows;
import dev.weir.trainer.data.SpreadCollector;
import dev.weir.trainer.data.TimeSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Encodes a history's records as they come, with a state for each key, and learns the vocabularies
 * of its categorical features.
 */
final class HistoryCollector {
  private final SelectedFeatures selected;
  private final ReadingPlan plan;
  private final FeatureEncoder encoder;
  private final Map<Integer, CategoryLearner> learners = new TreeMap<>();
  private final SpreadCollector spreads;
  private final float[] row;
  private final HistorySample sample;
  private final ExcludedPeriods periods;
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final List<Key> keys = new ArrayList<>();
  private long count;

  /** What is known of a key. */
  private static final class Key {
    final Object name;
    EncoderState state;
    long newest = Long.MIN_VALUE;
    int part;

    Key(Object name) {
      this.name = name;
    }
  }

  /**
   * Nothing is collected yet.
   *
   * @param source says how many records are drawn
   * @param plan says what they are for
   * @param periods those left out; nobody adds records that lie in them
   */
  HistoryCollector(
      SelectedFeatures selected, SourceConfig source, ReadingPlan plan, ExcludedPeriods periods) {
    this.selected = selected;
    this.plan = plan;
    this.periods = periods;
    FeatureSpec spec = selected.spec();
    StateLimit.check(spec, plan.window());
    encoder = new FeatureEncoder(spec, 1, plan.maxGap());
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
    sample = new HistorySample(source, plan, spec.width());
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
   * @param name of its key; equal for all records of a key
   * @throws RejectedRecordException if it cannot be encoded; then nothing is added
   */
  void add(FieldValues values, long timeMillis, Object name) throws RejectedRecordException {
    for (CategoryLearner learner : learners.values()) {
      learner.number(values);
    }
    int id = numbers.computeIfAbsent(name, this::newKey);
    Key key = keys.get(id);
    long time = Math.max(key.newest, timeMillis);
    int part = periods.part(time);
    boolean cut = part > key.part && key.newest > Long.MIN_VALUE;
    if (encoder.needsState()) {
      EncoderState state = key.state == null || cut ? encoder.newState() : key.state;
      encoder.encode(values, timeMillis, state, row, 0);
      key.state = state;
    } else {
      encoder.encode(values, row, 0);
    }
    if (cut) {
      sample.cut(id);
    }
    key.part = part;
    key.newest = time;
    count++;
    sample.add(row, time, id);
    spreads.add(values);
  }

  private int newKey(Object name) {
    keys.add(new Key(name));
    return keys.size() - 1;
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
    sample.note().ifPresent(allNotes::add);
    LinkedRows rows = sample.rows().build(plan.maxGap());
    List<Feature> features = new ArrayList<>(selected.spec().features());
    Map<Integer, float[]> places = new TreeMap<>();
    int trainingRows = TimeSplit.trainingRows(rows, plan.window(), plan.split());
    learners.forEach(
        (column, learner) -> {
          Feature feature = features.get(column);
          learner.count(rows.rows().slice(0, trainingRows), column);
          List<String> vocabulary = learner.vocabulary(selected.categories().get(column));
          if (vocabulary.isEmpty()) {
            throw new InvalidInputException(
                "column '"
                    + feature.name()
                    + "' of "
                    + origin
                    + (learner.hasValues()
                        ? " has no value in the training part; give it a longer history, or leave"
                            + " the column out with features.exclude: ["
                        : " has no value in any row; leave it out with features.exclude: [")
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
        placed(rows, places),
        spreads.spreads(),
        rejected,
        allNotes,
        origin,
        KeyNames.of(keys.stream().map(key -> key.name).toList()),
        timed);
  }

  private static String leftToOthers(Feature feature, CategoryLearner learner, int known) {
    return String.format(
        Locale.ROOT,
        "'%s' has %s%,d different values in the training part; all but the %,d most frequent count as one, \"other\"."
            + " Say 'categories' in its rule under features.columns if more shall be told apart",
        feature.name(),
        learner.isFull() ? "more than " : "",
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
