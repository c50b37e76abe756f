package dev.weir.model.feature;

import dev.weir.model.record.FieldKind;
import dev.weir.model.record.FieldPath;
import dev.weir.model.record.FieldValues;
import dev.weir.model.record.RejectReason;
import dev.weir.model.record.RejectedRecordException;

/** A moment's place in the day or in the week, in UTC. */
final class CyclicColumn implements ColumnEncoder {
  private static final double MILLIS_OF_HOUR = 3_600_000;
  private static final double MILLIS_OF_DAY = 24 * MILLIS_OF_HOUR;

  /** 1970-01-01 was a Thursday. */
  private static final double DAYS_FROM_MONDAY = 3;

  /** Some 270,000 years, as far as JavaScript's dates go; beyond is no time. */
  private static final double FARTHEST = 8.64e15;

  private final FieldPath path;
  private final double unitMillis;
  private final double offsetMillis;
  private final double period;

  CyclicColumn(Feature feature) {
    path = feature.path();
    boolean daily = feature.type() == FeatureType.HOUR_OF_DAY;
    unitMillis = daily ? MILLIS_OF_HOUR : MILLIS_OF_DAY;
    offsetMillis = daily ? 0 : DAYS_FROM_MONDAY * MILLIS_OF_DAY;
    period = feature.type().period();
  }

  @Override
  public float encode(FieldValues fields, int slot) throws RejectedRecordException {
    FieldKind kind = fields.kind(slot);
    return switch (kind) {
      case NUMBER -> place(fields.number(slot));
      case TEXT -> {
        double millis = Moments.epochMillis(fields.text(slot));
        if (Double.isNaN(millis)) {
          throw new RejectedRecordException(
              RejectReason.NOT_A_TIME,
              "field '"
                  + path
                  + "' should be a time, but is text that is not in ISO 8601, as in"
                  + " 2026-10-01T00:00:00Z");
        }
        yield place(millis);
      }
      case NULL, ABSENT -> Float.NaN;
      case BOOLEAN, NESTED -> throw Misfit.of(RejectReason.NOT_A_TIME, path, "a time", kind);
    };
  }

  private float place(double millis) throws RejectedRecordException {
    if (Math.abs(millis) > FARTHEST) {
      throw new RejectedRecordException(
          RejectReason.NOT_A_TIME,
          "field '" + path + "' should be a time in milliseconds since 1970, but is too far off");
    }
    double units = (millis + offsetMillis) / unitMillis;
    double place = units - period * Math.floor(units / period);
    // Below the period in double precision can be the period itself in single precision.
    return Math.min((float) place, Math.nextDown((float) period));
  }
}
