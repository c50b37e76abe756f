package dev.weir.cli.interop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a server's sensors say at a moment; {@code readings.mjs} makes records of it.
 *
 * @param host the record's key
 * @param taken when, in milliseconds since 1970
 * @param day days since 1970
 * @param user depends on the same hidden factor as what follows
 * @param system null if not known
 * @param memory exact to three places
 * @param load a value in a map
 * @param cores items of an array, of single precision
 * @param used only in the schema's second version
 */
record Row(
    String host,
    long taken,
    int day,
    double user,
    Double system,
    BigDecimal memory,
    double load,
    List<Float> cores,
    long used) {

  /** The paths of what a model looks at, as all of the schemas have them. */
  static final List<String> PATHS =
      List.of("day", "cpu.user", "cpu.system", "memory", "tags.load", "cores.0", "cores.1");

  private static final long START = Instant.parse("2026-10-01T00:00:00Z").toEpochMilli();

  /** Normal rows, a second apart. */
  static List<Row> normal(String hosts, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count).mapToObj(i -> normal(hosts + i, i, random)).toList();
  }

  private static Row normal(String host, int second, SplittableRandom random) {
    double factor = random.nextDouble() * 2 - 1;
    return new Row(
        host,
        START + second * 1000L + 123,
        20_000 + random.nextInt(7),
        40 + 30 * factor,
        random.nextInt(20) == 0 ? null : 10 - 5 * factor,
        BigDecimal.valueOf(8000 + 2000 * factor).setScale(3, RoundingMode.HALF_UP),
        2 + factor * factor,
        List.of((float) factor, (float) -factor),
        1_000_000L + random.nextInt(1000));
  }

  /** The same moment with values far from normal. */
  Row faulty(String name, Double system) {
    return new Row(
        name,
        taken,
        day,
        user + 4321.5,
        system,
        new BigDecimal("-123456.789"),
        load,
        cores,
        1L << 50);
  }

  /** What alerts say of it, of single precision and as short as that can be written. */
  Map<String, Double> features() {
    Map<String, Double> features = new LinkedHashMap<>();
    features.put("day", (double) day);
    features.put("cpu.user", single(user));
    if (system != null) {
      features.put("cpu.system", single(system));
    }
    features.put("memory", single(memory.doubleValue()));
    features.put("tags.load", single(load));
    features.put("cores.0", single(cores.get(0)));
    features.put("cores.1", single(cores.get(1)));
    return features;
  }

  private static double single(double value) {
    return Double.parseDouble(Float.toString((float) value));
  }

  /** As the scripts take it. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", host);
    json.put("taken", taken);
    json.put("day", day);
    json.put("user", user);
    json.put("system", system);
    json.put("memory", memory.toPlainString());
    json.put("load", load);
    json.put("cores", cores);
    json.put("used", used);
    return json;
  }
}
