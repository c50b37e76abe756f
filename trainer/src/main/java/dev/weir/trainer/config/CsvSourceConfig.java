package dev.weir.trainer.config;

import dev.weir.model.config.Check;
import java.util.List;

/**
 * History in CSV files with a header line, plain or gzipped.
 *
 * @param files paths or globs; read in the order of their names
 * @param timeColumn orders the rows, and is a feature only if it is named as one; without it they
 *     count as they stand. Numbers in it are milliseconds
 * @param keyColumn whose value is the row's key, and is a feature only if it is named as one; all
 *     rows are of one key without it
 * @param exclude periods that are known to be bad, and left out
 * @param sample how many rows are drawn at random, for history larger than memory; all if not given
 * @param sampleSeed the same seed draws the same rows; {@value SourceConfig#DEFAULT_SAMPLE_SEED} if
 *     not given
 */
public record CsvSourceConfig(
    List<String> files,
    String timeColumn,
    String keyColumn,
    List<Exclusion> exclude,
    Integer sample,
    Long sampleSeed)
    implements FileSourceConfig {

  public CsvSourceConfig {
    files =
        List.copyOf(Check.present("files", files, "a path or a glob, for example 'data/*.csv.gz'"));
    exclude = List.copyOf(Check.orElse(exclude, List.of()));
    sample = sample == null ? null : Check.atLeast("sample", sample, 1);
    sampleSeed = Check.orElse(sampleSeed, DEFAULT_SAMPLE_SEED);
    FileSourceConfig.check(timeColumn, keyColumn, exclude);
  }

  /** All rows. */
  public CsvSourceConfig(List<String> files, String timeColumn, String keyColumn) {
    this(files, timeColumn, keyColumn, null, null, null);
  }

  /** Rows of one key. */
  public CsvSourceConfig(List<String> files, String timeColumn) {
    this(files, timeColumn, null);
  }
}
