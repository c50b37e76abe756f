package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;
import java.util.ArrayList;
import java.util.List;

/** Values are read into the first slot of their path; where a path has more, they are copied. */
final class SlotCopies {
  private final List<int[]> copies = new ArrayList<>();

  SlotCopies(PathTree wanted) {
    find(wanted);
  }

  private void find(PathTree tree) {
    int[] slots = tree.slots();
    for (int i = 1; i < slots.length; i++) {
      copies.add(new int[] {slots[0], slots[i]});
    }
    tree.children().values().forEach(this::find);
  }

  void make(FieldValues values) {
    for (int[] copy : copies) {
      values.copy(copy[0], copy[1]);
    }
  }
}
