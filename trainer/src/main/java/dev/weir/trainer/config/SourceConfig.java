package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where history is: files, or a topic. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CsvSourceConfig.class, name = "csv"),
  @JsonSubTypes.Type(value = KafkaSourceConfig.class, name = "kafka")
})
public sealed interface SourceConfig permits CsvSourceConfig, KafkaSourceConfig {}
