package dev.weir.scorer.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts {@link Pieces} together again, whose senders' come in their order, but among those of
 * others. Has them kept until they are whole. Not thread-safe.
 */
public final class PieceCollector {
  private static final Logger log = LoggerFactory.getLogger(PieceCollector.class);

  /** What the names begin with under which pieces are kept. */
  private static final String NAME = "piece:";

  private final Map<String, List<byte[]>> bySender = new HashMap<>();
  private final Map<String, byte[]> changes = new HashMap<>();

  /** Goes on with what was kept, by the names that {@link #takeChanges} gave. */
  public void restore(Map<String, byte[]> kept) {
    TreeMap<Integer, List<Pieces.Piece>> byIndex = new TreeMap<>();
    kept.forEach(
        (name, bytes) -> {
          if (name.startsWith(NAME)) {
            Pieces.Piece piece = Pieces.read(bytes);
            byIndex.computeIfAbsent(piece.index(), unused -> new ArrayList<>()).add(piece);
          }
        });
    byIndex
        .values()
        .forEach(
            pieces ->
                pieces.forEach(
                    piece ->
                        bySender
                            .computeIfAbsent(piece.sender(), unused -> new ArrayList<>())
                            .add(piece.content())));
  }

  /** What has to be kept anew, by its names, since the last call; null is to be deleted. */
  public Map<String, byte[]> takeChanges() {
    Map<String, byte[]> taken = new HashMap<>(changes);
    changes.clear();
    return taken;
  }

  /**
   * Takes what came.
   *
   * @return what was sent, if it is whole
   */
  public Optional<byte[]> add(byte[] bytes) {
    if (!Pieces.isPiece(bytes)) {
      return Optional.of(bytes);
    }
    Pieces.Piece piece = Pieces.read(bytes);
    if (piece.index() == 0) {
      // Those before it were sent by a task that has failed since, and sends them again.
      forget(piece.sender());
    }
    List<byte[]> before = bySender.computeIfAbsent(piece.sender(), unused -> new ArrayList<>());
    if (before.size() != piece.index()) {
      log.warn(
          "piece {} of {} of what task {} has counted came after {}; they are left out",
          piece.index(),
          piece.count(),
          piece.sender(),
          before.size());
      forget(piece.sender());
      return Optional.empty();
    }
    before.add(piece.content());
    if (before.size() < piece.count()) {
      changes.put(NAME + piece.sender() + ":" + piece.index(), bytes);
      return Optional.empty();
    }
    byte[] whole = Pieces.joined(before);
    forget(piece.sender());
    return Optional.of(whole);
  }

  private void forget(String sender) {
    List<byte[]> known = bySender.remove(sender);
    for (int i = 0; known != null && i < known.size(); i++) {
      changes.put(NAME + sender + ":" + i, null);
    }
  }
}
