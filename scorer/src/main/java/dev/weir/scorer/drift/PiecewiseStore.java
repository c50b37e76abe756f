package dev.weir.scorer.drift;

import dev.weir.scorer.state.DamagedStateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keeps values by their names, in several entries those that are larger than an entry may be: the
 * first under the name itself, the others under the name with a number. Not thread-safe.
 */
public final class PiecewiseStore {
  private static final char NUMBER = '#';
  private static final int LONGEST_NUMBER = 12;

  private final BiConsumer<String, byte[]> entries;
  private final int most;

  /** In how many entries values are, of those that are in several. */
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * A store that holds nothing.
   *
   * @param entries takes a name and what is kept under it, or null if nothing is
   * @param most how many bytes an entry may have
   */
  public PiecewiseStore(BiConsumer<String, byte[]> entries, int most) {
    this.entries = entries;
    this.most = most;
  }

  /**
   * Goes on with entries that were kept.
   *
   * @return values by their names
   * @throws DamagedStateException if they are not what was kept
   */
  public Map<String, byte[]> restored(Map<String, byte[]> kept) {
    Map<String, byte[]> values = new HashMap<>();
    kept.forEach(
        (name, bytes) -> {
          if (name.indexOf(NUMBER) < 0) {
            values.put(name, whole(name, bytes, kept));
          }
        });
    return values;
  }

  private byte[] whole(String name, byte[] first, Map<String, byte[]> kept) {
    // Pieces of others are values, too; those that are cut here have no sender.
    if (!Pieces.isPiece(first) || !Pieces.read(first).sender().isEmpty()) {
      return first;
    }
    int count = Pieces.read(first).count();
    counts.put(name, count);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] entry = kept.get(entry(name, i));
      if (entry == null) {
        throw new DamagedStateException(
            "what was counted for drift", "piece " + i + " of " + count + " is not there");
      }
      contents.add(Pieces.read(entry).content());
    }
    return Pieces.joined(contents);
  }

  /** Keeps a value; null deletes it. */
  public void put(String name, byte[] value) {
    List<byte[]> pieces =
        value == null
            ? new ArrayList<>()
            : Pieces.of("", value, most - name.length() - LONGEST_NUMBER);
    for (int i = 0; i < pieces.size(); i++) {
      entries.accept(entry(name, i), pieces.get(i));
    }
    Integer before = counts.remove(name);
    for (int i = Math.max(1, pieces.size()); before != null && i < before; i++) {
      entries.accept(entry(name, i), null);
    }
    if (pieces.isEmpty()) {
      entries.accept(name, null);
    } else if (pieces.size() > 1) {
      counts.put(name, pieces.size());
    }
  }

  private static String entry(String name, int index) {
    return index == 0 ? name : name + NUMBER + index;
  }
}
