package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns a record's fields into the row of numbers that a model sees.
 *
 * <p>The only code between a record and a model's input, in the trainer and in the scorer alike.
 * The row holds raw values ({@link FeatureType}): imputation, scaling and what is made of
 * categories and times of day are inside the model's graph. A missing value is {@link Float#NaN}.
 *
 * <p>What looks back at a key's earlier records finds them in an {@link EncoderState}, of which
 * there is one a key. Records count in the order in which they arrive, whatever their times: the
 * previous one is the one that came before. A difference or a rate is missing in a key's first
 * record, and where one of the two values is; a rate also where time has not gone on since the
 * previous record, as with a late one. Rolling statistics are of as many rows as there are yet,
 * missing values left aside; a deviation is of two values at least. A record that is rejected
 * changes no state.
 *
 * <p>Immutable and thread-safe; its states are not.
 */
public final class FeatureEncoder {
  /** No key's state may take more bytes: Kafka's limit for a record is 1 MiB. */
  public static final int MOST_STATE_BYTES = StateLayout.MOST_BYTES;

  /** How many fields a message names. */
  private static final int NAMED = 5;

  private static final ValueRing NOTHING = new ValueRing(1);

  private final FeatureSpec spec;
  private final List<FieldPath> fields;
  private final int[] slots;
  private final int window;
  private final double maxGapMillis;
  private final StateLayout layout;

  /** Whether any column needs a state. */
  private final boolean looksBack;

  /** Whether all columns are numbers, each of a field of its own. */
  private final boolean isPlain;

  /** By column; null for those that look back. */
  private final ColumnEncoder[] columns;

  /** By column; null for those that do not. */
  private final LookbackColumn[] lookbacks;

  /** By ring of a state: reads the field that it remembers. */
  private final RingSource[] sources;

  /** An encoder for models that look at each record alone. */
  public FeatureEncoder(FeatureSpec spec) {
    this(spec, 1, Optional.empty());
  }

  /**
   * An encoder for models that look at windows.
   *
   * @param window how many consecutive records of a key the model sees together, from 1
   * @param maxGap how far two consecutive records of a key may be apart in time; after a longer gap
   *     its state begins anew
   * @throws IllegalArgumentException if a key's state would be too large for a store
   */
  public FeatureEncoder(FeatureSpec spec, int window, Optional<Duration> maxGap) {
    if (window < 1) {
      throw new IllegalArgumentException("a window of " + window + " rows");
    }
    this.spec = spec;
    this.window = window;
    maxGapMillis = maxGap.map(gap -> (double) gap.toMillis()).orElse(Double.POSITIVE_INFINITY);
    fields = spec.fields();
    looksBack = spec.isStateful();
    layout = new StateLayout(spec, window);
    slots = spec.features().stream().mapToInt(f -> fields.indexOf(f.path())).toArray();
    isPlain =
        fields.size() == spec.width()
            && spec.features().stream().allMatch(f -> f.type() == FeatureType.NUMERIC);
    columns = new ColumnEncoder[spec.width()];
    lookbacks = new LookbackColumn[spec.width()];
    sources = new RingSource[layout.newRings().length];
    for (int i = 0; i < columns.length; i++) {
      Feature feature = spec.features().get(i);
      if (feature.transform().isStateful()) {
        int ring = layout.ring(feature.path());
        sources[ring] = new RingSource(new NumericColumn(feature.path()), slots[i]);
        lookbacks[i] =
            new LookbackColumn(
                Lookback.of(feature.transform()),
                ring,
                feature.rows() == null ? 1 : feature.rows());
      } else {
        columns[i] = column(feature);
      }
    }
  }

  private record LookbackColumn(Lookback lookback, int ring, int rows) {}

  private record RingSource(NumericColumn column, int slot) {}

  private static ColumnEncoder column(Feature feature) {
    return switch (feature.type()) {
      case NUMERIC -> new NumericColumn(feature.path());
      case BOOLEAN -> new BooleanColumn(feature.path());
      case CATEGORICAL -> new CategoricalColumn(feature);
      case HOUR_OF_DAY, DAY_OF_WEEK -> new CyclicColumn(feature);
    };
  }

  public FeatureSpec spec() {
    return spec;
  }

  /** How many consecutive records of a key the model sees together. */
  public int window() {
    return window;
  }

  /** Whether it has to be given each key's state: a feature looks back, or the model does. */
  public boolean needsState() {
    return window > 1 || looksBack;
  }

  /** The state of a key of which no record has come yet. */
  public EncoderState newState() {
    return new EncoderState(layout);
  }

  /**
   * The state that was written by {@link EncoderState#toBytes()}.
   *
   * @throws InvalidStateException if the bytes are none, or that of an encoder of other features
   */
  public EncoderState restore(byte[] bytes) throws InvalidStateException {
    return EncoderState.read(layout, bytes);
  }

  /**
   * How many bytes a key's state would take at most, whether or not an encoder may have so many.
   *
   * @param window as of the constructor
   */
  public static long stateBytes(FeatureSpec spec, int window) {
    return StateLayout.mostBytes(spec, window);
  }

  /** The most bytes that a key's state takes. */
  public int maxStateBytes() {
    return layout.bytes(layout.longest());
  }

  /**
   * Writes one row, float32 {@code [d]}, into {@code row} from {@code offset} on.
   *
   * @param fields the record's values, slot {@code i} for the {@code i}-th of the spec's fields
   * @throws RejectedRecordException if a field holds what its feature cannot take, or if none of
   *     them has a value
   * @throws IllegalStateException if a feature looks back at earlier records
   */
  public void encode(FieldValues fields, float[] row, int offset) throws RejectedRecordException {
    if (looksBack) {
      throw new IllegalStateException("features that look back need a state");
    }
    int missing = isPlain ? encodeNumbers(fields, row, offset) : encodeColumns(fields, row, offset);
    if (missing == columns.length) {
      throw nothingToScore(fields);
    }
  }

  /** Numbers alone, slot by slot; asking a column for each of them takes twice as long. */
  private int encodeNumbers(FieldValues fields, float[] row, int offset)
      throws RejectedRecordException {
    int width = columns.length;
    int missing = 0;
    for (int i = 0; i < width; i++) {
      float value =
          switch (fields.kind(i)) {
            case NUMBER -> (float) fields.number(i);
            case NULL, ABSENT -> Float.NaN;
            default -> Float.POSITIVE_INFINITY;
          };
      if (Float.isInfinite(value)) {
        value = columns[i].encode(fields, i); // says what is wrong with it
      }
      row[offset + i] = value;
      missing += Float.isNaN(value) ? 1 : 0;
    }
    return missing;
  }

  private int encodeColumns(FieldValues fields, float[] row, int offset)
      throws RejectedRecordException {
    int missing = 0;
    for (int i = 0; i < columns.length; i++) {
      float value = columns[i].encode(fields, slots[i]);
      row[offset + i] = value;
      missing += Float.isNaN(value) ? 1 : 0;
    }
    return missing;
  }

  /**
   * Writes one row, float32 {@code [d]}, and remembers it.
   *
   * @param fields the record's values, slot {@code i} for the {@code i}-th of the spec's fields
   * @param timeMillis when the record happened
   * @param state its key's; changed unless the record is rejected
   * @throws RejectedRecordException if a field holds what its feature cannot take, or if none of
   *     them has a value
   */
  public void encode(
      FieldValues fields, long timeMillis, EncoderState state, float[] row, int offset)
      throws RejectedRecordException {
    boolean fresh = look(fields, timeMillis, state, row, offset);
    remember(fields, timeMillis, state, fresh, row, offset);
  }

  /**
   * Writes the window that ends with a record, float32 {@code [w, d]}, oldest row first, and
   * remembers its row. Rows that have not come yet are NaN.
   *
   * @param fields the record's values, slot {@code i} for the {@code i}-th of the spec's fields
   * @param timeMillis when the record happened
   * @param state its key's; changed unless the record is rejected
   * @return whether the window is full; until then the key is warming up
   * @throws RejectedRecordException if a field holds what its feature cannot take, or if none of
   *     them has a value
   */
  public boolean encodeWindow(
      FieldValues fields, long timeMillis, EncoderState state, float[] rows, int offset)
      throws RejectedRecordException {
    int width = spec.width();
    int newest = offset + (window - 1) * width;
    boolean fresh = look(fields, timeMillis, state, rows, newest);
    int known = fresh ? 0 : state.rows().size();
    for (int back = window - 1; back > 0; back--) {
      int start = newest - back * width;
      if (back > known) {
        Arrays.fill(rows, start, start + width, Float.NaN);
      } else {
        state.rows().copy(back, rows, start);
      }
    }
    remember(fields, timeMillis, state, fresh, rows, newest);
    return known == window - 1;
  }

  /** Whether a record at a time is so late after its key's newest that the state begins anew. */
  public boolean isAfterGap(EncoderState state, long timeMillis) {
    return !state.isEmpty() && (double) timeMillis - state.newestTime() > maxGapMillis;
  }

  /**
   * Writes a row without changing the state.
   *
   * @return whether the state counts as empty
   */
  private boolean look(
      FieldValues fields, long timeMillis, EncoderState state, float[] row, int offset)
      throws RejectedRecordException {
    if (!state.isOf(layout)) {
      throw new IllegalArgumentException("the state is of another encoder");
    }
    boolean fresh = state.isEmpty() || isAfterGap(state, timeMillis);
    double seconds =
        fresh || timeMillis <= state.time()
            ? Double.NaN
            : ((double) timeMillis - state.time()) / 1000;
    for (int i = 0; i < columns.length; i++) {
      row[offset + i] =
          lookbacks[i] == null
              ? columns[i].encode(fields, slots[i])
              : lookBack(fields, seconds, fresh ? null : state, i);
    }
    requireAnyValue(fields);
    return fresh;
  }

  private float lookBack(FieldValues fields, double seconds, EncoderState state, int column)
      throws RejectedRecordException {
    LookbackColumn looking = lookbacks[column];
    double value = sources[looking.ring()].column().value(fields, slots[column]);
    ValueRing past = state == null ? NOTHING : state.values(looking.ring());
    float result = (float) looking.lookback().of(value, seconds, past, looking.rows());
    if (Float.isInfinite(result)) {
      throw new RejectedRecordException(
          RejectReason.NOT_FINITE,
          "feature '" + spec.features().get(column).name() + "' is beyond single precision");
    }
    return result;
  }

  private void remember(
      FieldValues fields,
      long timeMillis,
      EncoderState state,
      boolean fresh,
      float[] row,
      int offset)
      throws RejectedRecordException {
    if (fresh) {
      state.clear();
    }
    for (int ring = 0; ring < sources.length; ring++) {
      state.values(ring).add(sources[ring].column().value(fields, sources[ring].slot()));
    }
    state.rows().add(row, offset);
    state.advance(timeMillis);
  }

  private void requireAnyValue(FieldValues values) throws RejectedRecordException {
    for (int slot = 0; slot < fields.size(); slot++) {
      FieldKind kind = values.kind(slot);
      boolean missing =
          kind == FieldKind.NULL
              || kind == FieldKind.ABSENT
              || (kind == FieldKind.NUMBER && Double.isNaN(values.number(slot)));
      if (!missing) {
        return;
      }
    }
    throw nothingToScore(values);
  }

  private RejectedRecordException nothingToScore(FieldValues values) {
    List<String> there =
        IntStream.range(0, fields.size())
            .filter(slot -> values.kind(slot) != FieldKind.ABSENT)
            .mapToObj(slot -> "'" + fields.get(slot) + "'")
            .toList();
    if (there.isEmpty()) {
      return new RejectedRecordException(
          RejectReason.NO_KNOWN_FIELD,
          "the record has none of the model's "
              + fields.size()
              + " fields; the first is '"
              + fields.get(0)
              + "'");
    }
    return new RejectedRecordException(
        RejectReason.NO_VALUE,
        "the record has no value in any of the model's "
            + fields.size()
            + " fields; null are: "
            + String.join(", ", there.subList(0, Math.min(there.size(), NAMED)))
            + (there.size() > NAMED ? " and " + (there.size() - NAMED) + " more" : "")
            + (there.size() < fields.size() ? "; the others are not there" : ""));
  }
}
