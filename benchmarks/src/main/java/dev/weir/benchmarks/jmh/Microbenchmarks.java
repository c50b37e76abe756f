package dev.weir.benchmarks.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.benchmarks.made.BenchmarkModels;
import dev.weir.benchmarks.made.HostRecords;
import dev.weir.benchmarks.made.WorkFolder;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.schemas.read.RecordFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the microbenchmarks, each in a process of its own, and says for each how long it takes and
 * how much it allocates, for a record.
 */
public final class Microbenchmarks {
  private static final int FEATURES = 38;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final Effort effort;
  private final PrintWriter out;

  /**
   * How long is measured.
   *
   * @param forks processes, one after the other
   * @param warmUps that do not count, in each
   * @param iterations that count, in each
   * @param millis of each
   * @param verbose whether the harness's own output is shown
   */
  public record Effort(int forks, int warmUps, int iterations, int millis, boolean verbose) {}

  public Microbenchmarks(Effort effort, PrintWriter out) {
    this.effort = effort;
    this.out = out;
  }

  /**
   * Measures and prints.
   *
   * @param filter a regular expression that is found in the names of those that are run
   * @return the figures as JSON
   * @throws InvalidInputException if no name has it
   */
  public String run(String filter) {
    try (WorkFolder work = new WorkFolder()) {
      out.println("training the model ...");
      out.flush();
      Bundle bundle =
          new BenchmarkModels(work.path(), new HostRecords(FEATURES, 5000, 1))
              .train("autoencoder", 0.001, "model.hiddenLayers=[64,32,8]", "model.epochs=3");
      Options options =
          new OptionsBuilder()
              .include(Pattern.quote(Microbenchmarks.class.getPackageName()) + "\\..*" + filter)
              .forks(effort.forks())
              .warmupIterations(effort.warmUps())
              .warmupTime(TimeValue.milliseconds(effort.millis()))
              .measurementIterations(effort.iterations())
              .measurementTime(TimeValue.milliseconds(effort.millis()))
              .addProfiler(GCProfiler.class)
              .jvmArgsAppend("-D" + BenchmarkBundle.PROPERTY + "=" + bundle.folder())
              .shouldFailOnError(true)
              .verbosity(effort.verbose() ? VerboseMode.NORMAL : VerboseMode.SILENT)
              .build();
      Collection<RunResult> results = new Runner(options).run();
      if (results.isEmpty()) {
        throw new InvalidInputException(
            "no microbenchmark's name has '"
                + filter
                + "'; there are readAvro, readJson, encode, fill, readEncodeFill, infer, calibrate"
                + " and alert");
      }
      return report(results);
    } catch (RunnerException e) {
      throw new OperationFailedException("a microbenchmark failed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new OperationFailedException("cannot write temporary files: " + e, e);
    }
  }

  private String report(Collection<RunResult> results) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    double avro = bytesPerRecord(RecordFormat.AVRO);
    double text = bytesPerRecord(RecordFormat.JSON);
    out.printf(
        Locale.ROOT,
        "%nfor a record of %d float fields (%.0f bytes in Avro, %.0f in JSON), one thread, Java"
            + " %s%n",
        FEATURES,
        avro,
        text,
        System.getProperty("java.version"));
    out.println("benchmark               ns/record      ± (99.9 %)  allocated bytes/record");
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      String batch = params.getParamsKeys().contains("batch") ? params.getParam("batch") : null;
      int rows = batch == null ? 1 : Integer.parseInt(batch);
      String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
      Result<?> time = result.getPrimaryResult();
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      double bytes = allocated == null ? Double.NaN : allocated.getScore() / rows;
      out.printf(
          Locale.ROOT,
          "%-20s %12.1f %15.1f %23.1f%n",
          batch == null ? method : method + ", batch " + batch,
          time.getScore() / rows,
          time.getScoreError() / rows,
          bytes);
      String stem = "jmh_" + snake(method) + (batch == null ? "" : "_" + batch);
      json.put(stem + "_ns_per_record", time.getScore() / rows);
      json.put(stem + "_allocated_bytes_per_record", bytes);
    }
    out.flush();
    json.put("features", FEATURES);
    json.put("record_bytes_avro", avro);
    json.put("record_bytes_json", text);
    return json.toPrettyString() + "\n";
  }

  private static double bytesPerRecord(RecordFormat format) {
    try (HostStream stream = new HostStream(format, FEATURES)) {
      return stream.bytesPerRecord();
    }
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
