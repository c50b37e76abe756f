package dev.weir.benchmarks.scaling;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * All points of one axis, and the laws that they follow.
 *
 * @param axis what grows
 * @param points in the order of sizes, two at least
 */
record ScaleCurve(Axis axis, List<ScalePoint> points) {
  private static final double MEGABYTE = 1024 * 1024;

  ScaleCurve {
    points = List.copyOf(points);
  }

  double[] sizes() {
    return values(ScalePoint::size);
  }

  private double[] values(ToDoubleFunction<ScalePoint> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  /** What the axis is about: records a second of more power, or what a record costs. */
  double[] figures() {
    return axis.isCapacity() ? values(ScalePoint::recordsPerSecond) : values(ScalePoint::cpuMicros);
  }

  String figureTitle() {
    return axis.isCapacity() ? "records a second" : "processor time, µs a record";
  }

  PowerLaw law() {
    return PowerLaw.fit(sizes(), figures());
  }

  /** Of the larger half, where what is fixed matters less. */
  PowerLaw lawAtTheLargeEnd() {
    int from = Math.min(points.size() / 2, points.size() - 2);
    return new ScaleCurve(axis, points.subList(from, points.size())).law();
  }

  /** Processor time of a record, microseconds. */
  Line cost() {
    return Line.fit(sizes(), values(ScalePoint::cpuMicros));
  }

  /** Heap in use, bytes. */
  Line heap() {
    return Line.fit(sizes(), values(ScalePoint::heapBytes));
  }

  double[] heapMegabytes() {
    return values(point -> point.heapBytes() / MEGABYTE);
  }

  /** The law in words. */
  String sentence() {
    PowerLaw law = law();
    PowerLaw end = lawAtTheLargeEnd();
    StringBuilder words = new StringBuilder();
    words.append(
        String.format(
            Locale.ROOT,
            "%s grow%s as the power %.2f of %s (R² %.2f)",
            axis.isCapacity() ? "Records a second" : "Processor time",
            axis.isCapacity() ? "" : "s",
            law.exponent(),
            axis.title(),
            law.determination()));
    if (points.size() > 3) {
      words.append(
          String.format(Locale.ROOT, ", of the larger half as the power %.2f", end.exponent()));
    }
    if (!axis.isCapacity()) {
      words.append(
          String.format(
              Locale.ROOT,
              "; as a line: %.2f µs and %.4g µs for each",
              cost().fixed(),
              cost().each()));
    }
    return words.append('.').toString();
  }
}
