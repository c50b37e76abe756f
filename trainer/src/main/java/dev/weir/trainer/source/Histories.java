package dev.weir.trainer.source;

import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.FileSourceConfig;
import dev.weir.trainer.config.KafkaSourceConfig;
import dev.weir.trainer.config.SourceConfig;
import dev.weir.trainer.data.History;
import java.util.function.LongConsumer;

/** Reads a history from wherever its config says that it is. */
public final class Histories {
  private Histories() {}

  /**
   * Reads all of it into memory, oldest first.
   *
   * @param rowsRead hears now and then how many rows there are so far
   */
  public static History read(
      SourceConfig source, FeatureSelection selection, LongConsumer rowsRead) {
    if (source instanceof FileSourceConfig file) {
      return FileHistory.read(file, selection);
    }
    if (source instanceof KafkaSourceConfig kafka) {
      return KafkaHistory.read(kafka, selection, rowsRead);
    }
    throw new IllegalStateException("a source that nobody reads: " + source);
  }
}
