package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** Where history is: files, or a topic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CsvSourceConfig.class, name = "csv"),
  @JsonSubTypes.Type(value = JsonLinesSourceConfig.class, name = "jsonl"),
  @JsonSubTypes.Type(value = ParquetSourceConfig.class, name = "parquet"),
  @JsonSubTypes.Type(value = KafkaSourceConfig.class, name = "kafka")
})
public sealed interface SourceConfig permits FileSourceConfig, KafkaSourceConfig {
  /** The seed of a sample, if none is given. */
  long DEFAULT_SAMPLE_SEED = 1;

  /** Periods that are known to be bad, and left out. */
  List<Exclusion> exclude();

  /** How many rows are drawn at random; null for all rows. */
  Integer sample();

  /** The same seed draws the same rows. */
  Long sampleSeed();
}
