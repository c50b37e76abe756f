package dev.weir.benchmarks.scaling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.error.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes what was measured: {@code scaling.json}, a plot for each axis, {@code scaling.md}. */
final class ScalingReport {
  private static final double MEGABYTE = 1024 * 1024;

  private final Path folder;
  private final String setting;

  /**
   * A report.
   *
   * @param setting command, machine and what stayed the same, in a sentence
   */
  ScalingReport(Path folder, String setting) {
    this.folder = folder;
    this.setting = setting;
  }

  void write(Map<Axis, ScaleCurve> curves) {
    StringBuilder markdown = new StringBuilder("## Scaling\n\n").append(setting).append("\n\n");
    try {
      for (ScaleCurve curve : curves.values()) {
        plot(curve);
        section(markdown, curve);
      }
      SizingGuide.of(curves).ifPresent(guide -> markdown.append(guide.markdown()));
      Files.writeString(folder.resolve("scaling.md"), markdown);
      Files.writeString(folder.resolve("scaling.json"), json(curves));
    } catch (IOException e) {
      throw new OperationFailedException("cannot write to " + folder + ": " + e, e);
    }
  }

  private void plot(ScaleCurve curve) throws IOException {
    Axis axis = curve.axis();
    Files.writeString(
        folder.resolve(axis.key() + ".svg"),
        new LogPlot(
                curve.figureTitle() + " by " + axis.title(),
                axis.title(),
                curve.figureTitle(),
                curve.sizes(),
                curve.figures())
            .svg(axis.isCapacity() ? curve.law()::at : curve.cost()::at));
    if (axis.isRemembered()) {
      Files.writeString(
          folder.resolve(axis.key() + "-memory.svg"),
          new LogPlot(
                  "heap in use by " + axis.title(),
                  axis.title(),
                  "heap without garbage, MB",
                  curve.sizes(),
                  curve.heapMegabytes())
              .svg(size -> curve.heap().at(size) / MEGABYTE));
    }
  }

  private void section(StringBuilder markdown, ScaleCurve curve) {
    Axis axis = curve.axis();
    markdown.append("### By ").append(axis.title()).append("\n\n");
    image(markdown, curve.figureTitle() + " by " + axis.title(), axis.key() + ".svg");
    markdown.append(curve.sentence());
    if (axis.isRemembered()) {
      markdown.append(
          String.format(
              Locale.ROOT,
              " Memory: %.1f MB of heap and %,.0f bytes for each of the %s.",
              curve.heap().fixed() / MEGABYTE,
              curve.heap().each(),
              axis.title()));
    }
    markdown.append("\n\n");
    if (axis.isRemembered()) {
      image(markdown, "heap in use by " + axis.title(), axis.key() + "-memory.svg");
    }
    markdown
        .append("| ")
        .append(axis.title())
        .append(" | records/s | µs a record | cores busy | heap, MB | resident, MB | bound by |\n")
        .append("|---|---|---|---|---|---|---|\n");
    for (ScalePoint point : curve.points()) {
      markdown.append(
          String.format(
              Locale.ROOT,
              "| %,d | %,.0f | %.2f | %.2f | %.1f | %.0f | %s |%n",
              point.size(),
              point.recordsPerSecond(),
              point.cpuMicros(),
              point.busyCores(),
              point.heapBytes() / MEGABYTE,
              point.residentBytes() / MEGABYTE,
              point.bound()));
    }
    markdown.append('\n');
  }

  /** The fragment is put into a file beside the folder. */
  private void image(StringBuilder markdown, String words, String file) {
    markdown
        .append("![")
        .append(words)
        .append("](")
        .append(folder.toAbsolutePath().getFileName())
        .append('/')
        .append(file)
        .append(")\n\n");
  }

  private String json(Map<Axis, ScaleCurve> curves) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("setting", setting);
    json.put("cores", Runtime.getRuntime().availableProcessors());
    for (ScaleCurve curve : curves.values()) {
      String stem = "scaling_" + curve.axis().key();
      json.put(stem + "_exponent", curve.law().exponent());
      json.put(stem + "_exponent_large_end", curve.lawAtTheLargeEnd().exponent());
      json.put(stem + "_r_squared", curve.law().determination());
      json.put(stem + "_fixed_cpu_micros", curve.cost().fixed());
      json.put(stem + "_cpu_micros_each", curve.cost().each());
      if (curve.axis().isRemembered()) {
        json.put(stem + "_heap_fixed_bytes", curve.heap().fixed());
        json.put(stem + "_heap_bytes_each", curve.heap().each());
      }
      ArrayNode points = json.putArray(stem);
      for (ScalePoint point : curve.points()) {
        ObjectNode node = points.addObject();
        node.put("size", point.size());
        node.put("records_per_second", point.recordsPerSecond());
        node.put("cpu_micros_per_record", point.cpuMicros());
        node.put("busy_cores", point.busyCores());
        node.put("machine_load", point.machineLoad());
        node.put("heap_bytes", point.heapBytes());
        node.put("resident_bytes", point.residentBytes());
        node.put("bound", point.bound());
      }
    }
    return json.toPrettyString() + "\n";
  }
}
