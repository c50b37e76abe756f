package dev.weir.scorer.drift;

import dev.weir.schemas.AlertStatus;
import dev.weir.scorer.alert.DriftNotice;
import dev.weir.scorer.alert.Evidence;
import dev.weir.scorer.config.DriftConfig;
import dev.weir.scorer.state.DamagedStateException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what the tasks of a pipeline have counted, and looks at each window when all of them have
 * come to its end.
 *
 * <p>Time is that of the records. The same counts give the same notices, in whatever portions they
 * come. A task that is a whole window behind the foremost is not waited for. Counts against the
 * reference before are dropped; so are those that come before any reference is known, which is for
 * a slice at most. Not thread-safe.
 */
public final class DriftMonitor {
  private static final Logger log = LoggerFactory.getLogger(DriftMonitor.class);
  private static final String STATE = "state";
  private static final String REFERENCE = "reference";
  private static final String SLICE = "slice:";

  private final String pipeline;
  private final DriftConfig config;
  private final long window;
  private final TreeMap<Long, DriftCounts> slices = new TreeMap<>();
  private final Map<String, byte[]> changes = new HashMap<>();
  private DriftState state = new DriftState();
  private DriftReference reference;
  private DriftReport report;
  private boolean hasToldOfDropped;

  public DriftMonitor(String pipeline, DriftConfig config) {
    this.pipeline = pipeline;
    this.config = config;
    window = DriftReference.sliceMillis(config.window()) * DriftReference.SLICES;
  }

  /**
   * Goes on with what was kept.
   *
   * @param kept by the names that {@link #takeChanges} gave
   * @throws DamagedStateException if it is not what was kept
   */
  public void restore(Map<String, byte[]> kept) {
    kept.forEach(
        (name, bytes) -> {
          if (name.equals(STATE)) {
            state = DriftJson.read(bytes, DriftState.class);
          } else if (name.equals(REFERENCE)) {
            reference = DriftJson.read(bytes, DriftReference.class);
          } else if (name.startsWith(SLICE)) {
            slices.put(
                Long.valueOf(name.substring(SLICE.length())),
                DriftJson.read(bytes, DriftCounts.class));
          }
        });
    if (reference != null) {
      check(slices.values(), reference);
    }
  }

  /** What has to be kept anew, by its names, since the last call; null is to be deleted. */
  public Map<String, byte[]> takeChanges() {
    Map<String, byte[]> taken = new HashMap<>();
    changes.forEach(
        (name, unused) -> {
          DriftCounts slice =
              name.startsWith(SLICE)
                  ? slices.get(Long.valueOf(name.substring(SLICE.length())))
                  : null;
          taken.put(
              name,
              switch (name) {
                case STATE -> DriftJson.write(state);
                case REFERENCE -> DriftJson.write(reference);
                default -> slice == null ? null : DriftJson.write(slice);
              });
        });
    changes.clear();
    return taken;
  }

  private void changed(String name) {
    changes.put(name, null);
  }

  /** How it was when last looked at; empty before that, and with too few records. */
  public Optional<DriftReport> report() {
    return Optional.ofNullable(report);
  }

  /** Whether drift was told of that has not ended. */
  public boolean hasIncident() {
    return state.incidentId != null;
  }

  /**
   * Takes what a {@link DriftCounter} has counted.
   *
   * @return what somebody should hear of it
   * @throws DamagedStateException if it is not what was counted; nothing has changed then
   */
  public List<DriftNotice> onCounts(byte[] bytes) {
    DriftMessage message = DriftJson.read(bytes, DriftMessage.class);
    List<DriftNotice> notices = new ArrayList<>();
    if (reference == null || !reference.id().equals(message.id())) {
      // A task's first counts against a reference come with it; these are late ones of another.
      DriftReference next = message.reference();
      if (next == null && reference == null) {
        next = message.reminder();
        tellOfDropped(message, next);
      }
      if (next == null) {
        return notices;
      }
      check(message.slices().values(), next);
      begin(message, next, notices);
    }
    check(message.slices().values(), reference);
    add(message);
    long newest = state.tasks.values().stream().mapToLong(time -> time).max().orElseThrow();
    state.tasks.values().removeIf(time -> time < newest - window);
    long all = state.tasks.values().stream().mapToLong(time -> time).min().orElseThrow();
    lookUntil(all, notices);
    changed(STATE);
    return notices;
  }

  /** Somebody else may have had what these counts are held against, and lost it. */
  private void tellOfDropped(DriftMessage message, DriftReference reminder) {
    if (reminder == null && !hasToldOfDropped) {
      hasToldOfDropped = true;
      log.warn(
          "pipeline {}: it is not known any more what task {} holds its counts for drift against;"
              + " counts are left out until a task says it again, within {} ms of the records' time",
          pipeline,
          message.task(),
          DriftReference.sliceMillis(config.window()));
    }
  }

  private static void check(Collection<DriftCounts> slices, DriftReference reference) {
    for (DriftCounts counts : slices) {
      if (counts.size() != reference.size()) {
        throw new DamagedStateException(
            "what was counted for drift",
            counts.size() + " counts where the model has " + reference.size() + " bins");
      }
    }
  }

  /** Another model, or other settings: what was counted says nothing of it. */
  private void begin(DriftMessage first, DriftReference next, List<DriftNotice> notices) {
    if (state.incidentId != null) {
      DriftCounts newest = new TreeMap<>(first.slices()).lastEntry().getValue();
      notices.add(closed(state.lookedUntil, Double.NaN, 0, newest));
    }
    slices.keySet().forEach(start -> changed(SLICE + start));
    slices.clear();
    state = new DriftState();
    reference = next;
    report = null;
    changed(REFERENCE);
  }

  private void add(DriftMessage message) {
    if (state.begunAt == DriftState.NEVER) {
      state.begunAt = new TreeMap<>(message.slices()).firstKey();
      state.lookedUntil = state.begunAt;
    }
    state.tasks.merge(message.task(), message.newest(), Math::max);
    message
        .slices()
        .forEach(
            (start, counts) -> {
              if (start >= state.lookedUntil + reference.sliceMillis() - window) {
                slices
                    .computeIfAbsent(start, unused -> new DriftCounts(reference.size()))
                    .add(counts);
                changed(SLICE + start);
              }
            });
  }

  private void lookUntil(long time, List<DriftNotice> notices) {
    long slice = reference.sliceMillis();
    while (state.lookedUntil + slice <= time) {
      long next = state.lookedUntil + slice;
      if (slices.isEmpty() || slices.firstKey() >= next) {
        // Nothing happened for longer than a window.
        long first = slices.isEmpty() ? Long.MAX_VALUE : slices.firstKey();
        state.lookedUntil = Math.min(first, Math.floorDiv(time, slice) * slice);
        if (state.lookedUntil == first) {
          continue;
        }
        return;
      }
      look(next, notices);
      state.lookedUntil = next;
      while (!slices.isEmpty() && slices.firstKey() < next + slice - window) {
        changed(SLICE + slices.pollFirstEntry().getKey());
      }
    }
  }

  /** Looks at the window that ends at a time. */
  private void look(long end, List<DriftNotice> notices) {
    DriftCounts newest = null;
    long[] counts = new long[reference.size()];
    long records = 0;
    long anomalous = 0;
    for (DriftCounts slice : slices.headMap(end).values()) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += slice.counts[i];
      }
      records += slice.records;
      anomalous += slice.anomalous;
      newest = slice;
    }
    if (records < config.minRecords()) {
      report = null;
      return;
    }
    int[] offsets = reference.offsets();
    double[] indices = new double[offsets.length];
    Map<String, Double> features = new LinkedHashMap<>();
    for (int i = 0; i < indices.length; i++) {
      DriftReference.Part part = reference.parts().get(i);
      indices[i] = StabilityIndex.of(part.expected(), counts, offsets[i]);
      if (!part.isOfProbabilities()) {
        features.put(part.feature(), indices[i]);
      }
    }
    double largest =
        IntStream.range(0, indices.length).mapToDouble(i -> indices[i]).max().orElse(0);
    boolean drifting = largest >= config.threshold();
    report =
        new DriftReport(
            end - window,
            end,
            records,
            (double) anomalous / records,
            features,
            indices[indices.length - 1],
            drifting);
    if (drifting) {
      state.calmSince = DriftState.NEVER;
      state.driftingSince = state.driftingSince == DriftState.NEVER ? end : state.driftingSince;
    } else {
      state.driftingSince = DriftState.NEVER;
      state.calmSince = state.calmSince == DriftState.NEVER ? end : state.calmSince;
    }
    decide(end, new Window(counts, indices, largest, anomalous, newest), notices);
  }

  /** What is in a window. */
  @SuppressWarnings("ArrayRecordComponent") // within this class
  private record Window(
      long[] counts, double[] indices, double largest, long anomalous, DriftCounts newest) {}

  private void decide(long end, Window seen, List<DriftNotice> notices) {
    long lasting = config.lasting().toMillis();
    boolean isWhole = end - state.begunAt >= window;
    if (state.incidentId == null
        && config.alert()
        && isWhole
        && state.driftingSince != DriftState.NEVER
        && end - state.driftingSince >= lasting) {
      state.incidentId = pipeline + ":drift:" + end;
      state.incidentStart = state.driftingSince;
      notices.add(
          new DriftNotice(
              AlertStatus.OPENED,
              state.incidentId,
              state.incidentId,
              end,
              state.incidentStart,
              reference.model(),
              seen.largest(),
              config.threshold(),
              seen.anomalous(),
              seen.newest().newest(),
              parts(seen)));
    } else if (state.incidentId != null
        && state.calmSince != DriftState.NEVER
        && end - state.calmSince >= lasting) {
      notices.add(closed(end, seen.largest(), seen.anomalous(), seen.newest()));
      state.incidentId = null;
    }
  }

  private DriftNotice closed(long end, double largest, long anomalous, DriftCounts newest) {
    return new DriftNotice(
        AlertStatus.CLOSED,
        state.incidentId + ":closed",
        state.incidentId,
        end,
        state.incidentStart,
        reference.model(),
        largest,
        config.threshold(),
        anomalous,
        newest.newest(),
        List.of());
  }

  /** The features that drifted, the most drifted one first. */
  private List<Evidence.Part> parts(Window seen) {
    double sum = 0;
    for (int i = 0; i < seen.indices().length - 1; i++) {
      sum += seen.indices()[i];
    }
    double all = sum;
    int[] offsets = reference.offsets();
    return IntStream.range(0, seen.indices().length - 1)
        .boxed()
        .filter(i -> seen.indices()[i] >= config.threshold())
        .sorted((a, b) -> Double.compare(seen.indices()[b], seen.indices()[a]))
        .map(
            i ->
                Change.of(reference.parts().get(i), seen.counts(), offsets[i])
                    .part(seen.indices()[i], config.threshold(), seen.indices()[i] / all))
        .toList();
  }
}
