package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/**
 * History in files of JSON lines, one object a line, plain or gzipped. A field within an object is
 * a column by its path, such as {@code payload.cpu.user}.
 *
 * @param files as of {@link CsvSourceConfig}
 * @param timeColumn as of {@link CsvSourceConfig}
 * @param keyColumn as of {@link CsvSourceConfig}
 * @param exclude as of {@link CsvSourceConfig}
 * @param sample as of {@link CsvSourceConfig}
 * @param sampleSeed as of {@link CsvSourceConfig}
 */
public record JsonLinesSourceConfig(
    List<String> files,
    String timeColumn,
    String keyColumn,
    List<Exclusion> exclude,
    Integer sample,
    Long sampleSeed)
    implements FileSourceConfig {

  public JsonLinesSourceConfig {
    files = List.copyOf(Check.present("files", files, "a path or a glob, such as 'data/*.jsonl'"));
    exclude = List.copyOf(Check.orElse(exclude, List.of()));
    sample = sample == null ? null : Check.atLeast("sample", sample, 1);
    sampleSeed = Check.orElse(sampleSeed, DEFAULT_SAMPLE_SEED);
    FileSourceConfig.check(timeColumn, keyColumn, exclude);
  }
}
