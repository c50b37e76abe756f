package dev.weir.schemas.read;

import dev.weir.model.record.FieldValues;
import dev.weir.model.record.PathTree;

/** The slots of a message, map or list: those that ask for itself, and those of what is in it. */
final class NestedSlots {
  private static final int[] NONE = {};

  private final int[] own;
  private final int[] below;

  private NestedSlots(int[] own, int[] below) {
    this.own = own;
    this.below = below;
  }

  static NestedSlots of(PathTree wanted) {
    return new NestedSlots(wanted.slots(), wanted.below());
  }

  /** Only those of what is in it. */
  static NestedSlots below(PathTree wanted) {
    return new NestedSlots(NONE, wanted.below());
  }

  /** Nothing of it was read yet. */
  void clear(FieldValues out) {
    for (int slot : own) {
      out.setAbsent(slot);
    }
    for (int slot : below) {
      out.setAbsent(slot);
    }
  }

  /** It is there, whatever is in it. */
  void found(FieldValues out) {
    for (int slot : own) {
      out.setNested(slot);
    }
  }
}
