package dev.weir.benchmarks.scaling;

import dev.weir.benchmarks.made.LocalPlatform;
import dev.weir.model.config.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What scoring costs as one thing after the other grows, all else as it is. Processor time of a
 * record is what is compared, since it depends less on what else the machine does than records a
 * second do.
 */
public final class Scaling {
  private final Plan plan;
  private final PrintWriter out;

  /**
   * What is measured.
   *
   * @param axes what grows, one after the other
   * @param quick whether only few and small sizes
   * @param records of each point, but for wide records and long windows, which are fewer, and for
   *     many keys, which are more
   * @param rounds how often each point is measured; the one with the median cost counts
   */
  public record Plan(List<Axis> axes, boolean quick, int records, int rounds) {
    public Plan {
      Check.present("--only", axes, "for example features,window");
      axes = axes.stream().distinct().toList();
      Check.atLeast("--records", records, 1000);
      Check.atLeast("--rounds", rounds, 1);
    }
  }

  public Scaling(Plan plan, PrintWriter out) {
    this.plan = plan;
    this.out = out;
  }

  /**
   * Measures, prints, and writes {@code scaling.json}, {@code scaling.md} and plots.
   *
   * @param folder is created if it is not there
   */
  public void run(Path folder) {
    LocalPlatform.use(
        platform -> {
          Files.createDirectories(folder);
          Map<Axis, ScaleCurve> curves = curves(new ScaleRun(platform));
          new ScalingReport(folder, setting()).write(curves);
          return curves;
        });
    out.println();
    out.println("written: " + folder.resolve("scaling.md"));
  }

  private Map<Axis, ScaleCurve> curves(ScaleRun run) throws IOException, InterruptedException {
    Map<Axis, ScaleCurve> curves = new EnumMap<>(Axis.class);
    for (Axis axis : plan.axes()) {
      ScaleCurve curve = measure(run, axis);
      curves.put(axis, curve);
      out.println("  " + curve.sentence());
      out.flush();
    }
    return curves;
  }

  private ScaleCurve measure(ScaleRun run, Axis axis) throws IOException, InterruptedException {
    out.printf(
        Locale.ROOT,
        "%n%-22s  records/s  µs/record  cores busy  heap MB  bound by%n",
        axis.title());
    List<ScalePoint> points = new ArrayList<>();
    for (int size : axis.sizes(plan.quick())) {
      List<ScalePoint> rounds = new ArrayList<>();
      for (int round = 0; round < plan.rounds(); round++) {
        rounds.add(run.measure(size, axis.workload(Workload.base(plan.records()), size)));
      }
      rounds.sort(Comparator.comparingDouble(ScalePoint::cpuMicros));
      ScalePoint median = rounds.get(rounds.size() / 2);
      points.add(median);
      out.printf(
          Locale.ROOT,
          "%,22d  %,9.0f  %9.2f  %10.2f  %7.1f  %s%n",
          size,
          median.recordsPerSecond(),
          median.cpuMicros(),
          median.busyCores(),
          median.heapBytes() / 1024 / 1024,
          median.bound());
      out.flush();
    }
    return new ScaleCurve(axis, points);
  }

  private String setting() {
    Workload base = Workload.base(plan.records());
    return String.format(
        Locale.ROOT,
        "`bin/weir benchmark scaling --only %s%s --records %d --rounds %d` on %d cores, Java %s; where nothing"
            + " else is said: Avro records of %d float fields, autoencoder 38-64-32-8-32-64-38,"
            + " exactly once, %,d keys, %d partitions, %d stream threads in a process of their own,"
            + " broker beside it. Keys have a window of 4 rows; each model has a topic of one"
            + " partition; instances have one thread each and share 8 partitions.",
        plan.axes().stream().map(Axis::key).collect(Collectors.joining(",")),
        plan.quick() ? " --quick" : "",
        plan.records(),
        plan.rounds(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        base.features(),
        base.keys(),
        base.partitions(),
        base.threads());
  }
}
