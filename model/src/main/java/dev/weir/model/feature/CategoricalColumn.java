package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;

/** A category's place in a vocabulary, from 1; 0 for any that is not in it. */
final class CategoricalColumn implements ColumnEncoder {
  private final Feature feature;
  private final Vocabulary vocabulary;

  CategoricalColumn(Feature feature) {
    this.feature = feature;
    vocabulary = new Vocabulary(feature.categories());
  }

  @Override
  public float encode(FieldValues fields, int slot) throws RejectedRecordException {
    FieldKind kind = fields.kind(slot);
    return switch (kind) {
      case TEXT -> vocabulary.indexOf(fields.text(slot));
      case BOOLEAN -> vocabulary.indexOf(fields.number(slot) == 1);
      case NUMBER -> {
        double value = fields.number(slot);
        yield Double.isNaN(value) ? Float.NaN : vocabulary.indexOf(value);
      }
      case NULL, ABSENT -> Float.NaN;
      case NESTED ->
          throw Misfit.of(RejectReason.NOT_A_CATEGORY, feature.path(), "a single value", kind);
    };
  }
}
