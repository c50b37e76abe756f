package dev.weir.model.feature;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An encoded value as people read it, where the number alone says nothing. */
public final class FeatureText {
  /** Stands for every category that the model does not know. */
  public static final String OTHER = "(other)";

  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  private FeatureText() {}

  /**
   * A category's name, {@code true} or {@code false}, a time of day such as {@code 13:45}, a day
   * and time such as {@code Monday 13:45}, in UTC. What a model expects lies between two values at
   * times; then it is the nearer one.
   *
   * @param value as in an encoded row
   * @return empty if the number speaks for itself, or is missing
   */
  public static Optional<String> of(Feature feature, float value) {
    if (!Float.isFinite(value)) {
      return Optional.empty();
    }
    return switch (feature.type()) {
      case NUMERIC -> Optional.empty();
      case BOOLEAN -> Optional.of(Boolean.toString(value >= 0.5f));
      case CATEGORICAL -> Optional.of(category(feature, Math.round(value)));
      case HOUR_OF_DAY -> Optional.of(timeOfDay(Math.round(value * 60.0)));
      case DAY_OF_WEEK -> Optional.of(dayAndTime(Math.round((double) value * MINUTES_OF_DAY)));
    };
  }

  private static String category(Feature feature, int index) {
    boolean known = index >= 1 && index <= feature.categories().size();
    return known ? feature.categories().get(index - 1) : OTHER;
  }

  private static String dayAndTime(long minutes) {
    long day = Math.floorMod(Math.floorDiv(minutes, (long) MINUTES_OF_DAY), (long) DAYS.size());
    return DAYS.get((int) day) + " " + timeOfDay(minutes);
  }

  private static String timeOfDay(long minutes) {
    long ofDay = Math.floorMod(minutes, (long) MINUTES_OF_DAY);
    return String.format(Locale.ROOT, "%02d:%02d", ofDay / 60, ofDay % 60);
  }
}
