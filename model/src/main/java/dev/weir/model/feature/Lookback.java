package dev.weir.model.feature;

/**
 * What a numeric column makes of a value and of its key's earlier ones. Immutable.
 *
 * <p>Everything is computed anew from the earlier values themselves, oldest first: no sum is
 * carried along that could drift, and a state that was restored gives the very same results.
 */
enum Lookback {
  DIFFERENCE {
    @Override
    double of(double value, double seconds, ValueRing past, int rows) {
      return past.size() == 0 ? Double.NaN : value - past.value(1);
    }
  },

  RATE {
    @Override
    double of(double value, double seconds, ValueRing past, int rows) {
      return past.size() == 0 ? Double.NaN : (value - past.value(1)) / seconds;
    }
  },

  ROLLING_MEAN {
    @Override
    double of(double value, double seconds, ValueRing past, int rows) {
      return mean(value, past, rows);
    }
  },

  ROLLING_DEVIATION {
    @Override
    double of(double value, double seconds, ValueRing past, int rows) {
      double mean = mean(value, past, rows);
      double squares = 0;
      int present = 0;
      for (int back = Math.min(past.size(), rows - 1); back >= 0; back--) {
        double difference = (back == 0 ? value : past.value(back)) - mean;
        if (!Double.isNaN(difference)) {
          squares += difference * difference;
          present++;
        }
      }
      return present < 2 ? Double.NaN : Math.sqrt(squares / present);
    }
  };

  /**
   * The column's value.
   *
   * @param value the record's own; NaN if missing
   * @param seconds from the key's previous record to this one; NaN if time has not gone on
   * @param past the field's earlier values
   * @param rows how many are taken together, this record among them; of no use to some
   * @return NaN where it cannot be told
   */
  abstract double of(double value, double seconds, ValueRing past, int rows);

  static Lookback of(Transform transform) {
    return switch (transform) {
      case DIFFERENCE -> DIFFERENCE;
      case RATE -> RATE;
      case ROLLING_MEAN -> ROLLING_MEAN;
      case ROLLING_DEVIATION -> ROLLING_DEVIATION;
      case NONE, LOG1P, SIGNED_LOG ->
          throw new IllegalArgumentException(transform + " does not look back");
    };
  }

  private static double mean(double value, ValueRing past, int rows) {
    double sum = 0;
    int present = 0;
    for (int back = Math.min(past.size(), rows - 1); back >= 0; back--) {
      double each = back == 0 ? value : past.value(back);
      if (!Double.isNaN(each)) {
        sum += each;
        present++;
      }
    }
    return present == 0 ? Double.NaN : sum / present;
  }
}
