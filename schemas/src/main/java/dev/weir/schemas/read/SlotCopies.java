package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import java.util.ArrayList;
import java.util.List;

/** Values are read into the first slot of their path; where a path has more, they are copied. */
final class SlotCopies {
  private final int[][] copies;

  SlotCopies(PathTree wanted) {
    List<int[]> found = new ArrayList<>();
    find(wanted, found);
    copies = found.toArray(int[][]::new);
  }

  private static void find(PathTree tree, List<int[]> copies) {
    int[] slots = tree.slots();
    for (int i = 1; i < slots.length; i++) {
      copies.add(new int[] {slots[0], slots[i]});
    }
    tree.children().values().forEach(child -> find(child, copies));
  }

  void make(FieldValues values) {
    for (int[] copy : copies) {
      values.copy(copy[0], copy[1]);
    }
  }
}
