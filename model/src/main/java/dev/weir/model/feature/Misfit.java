package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;

/** Says that a field holds another kind of value than its column takes. */
final class Misfit {
  private Misfit() {}

  static RejectedRecordException of(
      RejectReason reason, FieldPath path, String wanted, FieldKind found) {
    return new RejectedRecordException(
        reason, "field '" + path + "' should be " + wanted + ", but is " + words(found));
  }

  private static String words(FieldKind kind) {
    return switch (kind) {
      case TEXT -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      default -> "an object or an array";
    };
  }
}
