package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectedRecordException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class EncoderStatePropertyTest {
  private static final FeatureSpec SPEC =
      new FeatureSpec(
          List.of(
              Feature.numeric("a"),
              stateful("a", Transform.DIFFERENCE, null),
              stateful("b", Transform.RATE, null),
              stateful("a", Transform.ROLLING_MEAN, 5),
              stateful("a", Transform.ROLLING_DEVIATION, 3),
              stateful("b", Transform.ROLLING_MEAN, 2),
              Feature.categorical("region", List.of("eu", "us")),
              new Feature("at", FieldPath.parse("at"), FeatureType.HOUR_OF_DAY)));

  /** Records of several keys among each other, some of which are rejected. */
  record Event(int key, long time, FieldValues fields) {}

  /**
   * A stream, whose keys' states are written and read again at any time, gives the rows that a file
   * gives, for which every row is worked out from all of its key's rows at once.
   */
  @Property(seed = "20261", tries = 300)
  void shouldEncodeStreamAsFile(
      @ForAll("streams") List<Event> stream,
      @ForAll @IntRange(min = 1, max = 4) int window,
      @ForAll boolean gap,
      @ForAll long seed)
      throws InvalidStateException {
    // Given
    Optional<Duration> maxGap = gap ? Optional.of(Duration.ofSeconds(20)) : Optional.empty();
    FeatureEncoder streaming = new FeatureEncoder(SPEC, window, maxGap);
    FeatureEncoder restarted = new FeatureEncoder(SPEC, window, maxGap);
    Random random = new Random(seed);
    Map<Integer, byte[]> store = new HashMap<>();
    Map<Integer, EncoderState> live = new HashMap<>();
    Map<Integer, List<Event>> file = new HashMap<>();
    int d = SPEC.width();

    for (Event event : stream) {
      // When
      boolean crash = random.nextInt(3) == 0;
      FeatureEncoder encoder = crash ? restarted : streaming;
      EncoderState state;
      if (crash) {
        byte[] bytes = store.get(event.key());
        state = bytes == null ? encoder.newState() : encoder.restore(bytes);
      } else {
        state = live.computeIfAbsent(event.key(), unused -> streaming.newState());
      }
      float[] rows = new float[window * d];
      Optional<Boolean> full = Optional.empty();
      try {
        full = Optional.of(encoder.encodeWindow(event.fields(), event.time(), state, rows, 0));
      } catch (RejectedRecordException e) {
        assertThat(event.fields().kind(0).name()).isIn("TEXT", "NULL");
      }
      byte[] bytes = state.toBytes();
      store.put(event.key(), bytes);
      live.put(event.key(), streaming.restore(bytes));

      // Then
      assertThat(bytes).hasSizeLessThanOrEqualTo(encoder.maxStateBytes());
      assertThat(encoder.restore(bytes).toBytes()).isEqualTo(bytes);
      if (full.isPresent()) {
        List<Event> soFar = file.computeIfAbsent(event.key(), unused -> new ArrayList<>());
        if (gap && !soFar.isEmpty() && event.time() - newest(soFar) > 20_000) {
          soFar.clear();
        }
        soFar.add(event);
        assertThat(full.get()).isEqualTo(soFar.size() >= window);
        for (int back = 0; back < window; back++) {
          float[] row = Arrays.copyOfRange(rows, (window - 1 - back) * d, (window - back) * d);
          assertThat(row).containsExactly(naive(soFar, soFar.size() - 1 - back));
        }
      }
    }
  }

  private static long newest(List<Event> events) {
    return events.stream().mapToLong(Event::time).max().orElseThrow();
  }

  /** The row at a place, out of the whole file of its key. */
  private static float[] naive(List<Event> file, int place) {
    float[] row = new float[SPEC.width()];
    Arrays.fill(row, Float.NaN);
    if (place < 0) {
      return row;
    }
    Event now = file.get(place);
    row[0] = (float) value(now, 0);
    if (place > 0) {
      Event before = file.get(place - 1);
      row[1] = (float) (value(now, 0) - value(before, 0));
      double seconds = (now.time() - before.time()) / 1000.0;
      row[2] = seconds > 0 ? (float) ((value(now, 1) - value(before, 1)) / seconds) : Float.NaN;
    }
    double[] five = last(file, place, 5, 0);
    row[3] = (float) Arrays.stream(five).average().orElse(Double.NaN);
    double[] three = last(file, place, 3, 0);
    double mean = Arrays.stream(three).average().orElse(Double.NaN);
    row[4] =
        three.length < 2
            ? Float.NaN
            : (float)
                Math.sqrt(
                    Arrays.stream(three).map(x -> (x - mean) * (x - mean)).average().orElse(0));
    row[5] = (float) Arrays.stream(last(file, place, 2, 1)).average().orElse(Double.NaN);
    row[6] =
        now.fields().text(2) == null
            ? Float.NaN
            : List.of("eu", "us").indexOf(now.fields().text(2)) + 1;
    row[7] = (float) (Math.floorMod((long) value(now, 3), 86_400_000L) / 3_600_000.0);
    return row;
  }

  private static double value(Event event, int slot) {
    return event.fields().number(slot);
  }

  private static double[] last(List<Event> file, int place, int rows, int slot) {
    return file.subList(Math.max(0, place + 1 - rows), place + 1).stream()
        .mapToDouble(event -> value(event, slot))
        .filter(x -> !Double.isNaN(x))
        .toArray();
  }

  /** Small whole numbers, so that any order of summation gives the same. */
  @Provide
  Arbitrary<List<Event>> streams() {
    Arbitrary<Event> events =
        Arbitraries.randomValue(
            random -> {
              FieldValues fields = new FieldValues(4);
              fields.setNumber(0, random.nextInt(4) == 0 ? Double.NaN : random.nextInt(1000) - 500);
              fields.setNumber(1, random.nextInt(4) == 0 ? Double.NaN : random.nextInt(1000));
              if (random.nextInt(8) == 0) {
                fields.setText(0, "not a number");
              }
              if (random.nextInt(4) > 0) {
                fields.setText(2, List.of("eu", "us", "asia").get(random.nextInt(3)));
              }
              fields.setNumber(3, random.nextInt(2_000_000_000));
              return new Event(random.nextInt(3), random.nextInt(60) * 1000L, fields);
            });
    return events.list().ofMaxSize(60);
  }

  /** Whatever the bytes are, they are a state of this encoder or refused as none. */
  @Property(seed = "20261", tries = 2000)
  void shouldReadOrRefuseAnyBytes(@ForAll byte[] bytes, @ForAll @IntRange(max = 60) int cut)
      throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = new FeatureEncoder(SPEC, 3, Optional.empty());
    byte[] good = filled(encoder).toBytes();
    byte[] mixed = good.clone();
    System.arraycopy(bytes, 0, mixed, Math.min(cut, good.length), tail(bytes, good.length - cut));

    // Then
    for (byte[] any :
        List.of(
            bytes, mixed, Arrays.copyOf(good, cut), Arrays.copyOf(good, good.length + cut + 1))) {
      try {
        EncoderState state = encoder.restore(any);
        float[] rows = new float[3 * SPEC.width()];
        FieldValues fields = new FieldValues(4);
        fields.setNumber(0, 1);
        encoder.encodeWindow(fields, 5, state, rows, 0);
        assertThat(any).hasSize(good.length);
      } catch (InvalidStateException e) {
        assertThat(e).hasMessageStartingWith("the state of a key cannot be used: ");
      }
    }
  }

  private static int tail(byte[] bytes, int most) {
    return Math.max(0, Math.min(bytes.length, most));
  }

  private static EncoderState filled(FeatureEncoder encoder) throws RejectedRecordException {
    EncoderState state = encoder.newState();
    FieldValues fields = new FieldValues(4);
    for (int i = 0; i < 10; i++) {
      fields.setNumber(0, i);
      fields.setNumber(1, -i);
      encoder.encode(fields, i * 1000L, state, new float[SPEC.width()], 0);
    }
    return state;
  }

  @Test
  void shouldSayWhatIsWrongWithState() throws RejectedRecordException {
    // Given
    FeatureEncoder encoder = new FeatureEncoder(SPEC, 3, Optional.empty());
    byte[] good = filled(encoder).toBytes();

    // Then
    assertRefused(encoder, null, "it has no header");
    assertRefused(
        encoder, with(good, 0, (byte) 9), "it is of version 9, and this Weir reads version 1");
    assertRefused(
        new FeatureEncoder(SPEC, 2, Optional.empty()),
        good,
        "it is of a model with other features or another window");
    assertRefused(
        encoder,
        Arrays.copyOf(good, good.length - 1),
        "it has " + (good.length - 1) + " bytes where " + good.length + " are due");
    assertRefused(encoder, ByteBuffer.wrap(good.clone()).putInt(5, -1).array(), "it has -1 rows");
    assertRefused(encoder, ByteBuffer.wrap(good.clone()).putInt(5, 99).array(), "it has 99 rows");
    assertRefused(
        encoder,
        ByteBuffer.wrap(good.clone()).putDouble(25, Double.NEGATIVE_INFINITY).array(),
        "a value in it is not finite");
    assertRefused(
        encoder,
        ByteBuffer.wrap(good.clone()).putFloat(good.length - 4, Float.POSITIVE_INFINITY).array(),
        "a value in it is not finite");
    assertRefused(
        encoder,
        ByteBuffer.wrap(good.clone()).putLong(9, Long.MAX_VALUE).array(),
        "its newest time is before its last");
  }

  private static void assertRefused(FeatureEncoder encoder, byte[] bytes, String problem) {
    assertThatThrownBy(() -> encoder.restore(bytes))
        .isInstanceOf(InvalidStateException.class)
        .hasMessage("the state of a key cannot be used: " + problem);
  }

  private static byte[] with(byte[] bytes, int place, byte value) {
    byte[] copy = bytes.clone();
    copy[place] = value;
    return copy;
  }

  private static Feature stateful(String path, Transform transform, Integer rows) {
    return new Feature(
        path + "." + transform + rows,
        FieldPath.parse(path),
        FeatureType.NUMERIC,
        transform,
        rows,
        List.of());
  }
}
