package dev.weir.trainer.source;

import dev.weir.model.error.InvalidInputException;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.trainer.config.FeatureSelection;
import dev.weir.trainer.config.FileSourceConfig;
import dev.weir.trainer.config.KafkaSourceConfig;
import dev.weir.trainer.config.LabelledConfig;
import dev.weir.trainer.config.SourceConfig;
import dev.weir.trainer.data.History;
import dev.weir.trainer.data.LabelledHistory;
import java.util.function.LongConsumer;

/** Reads a history from wherever its config says that it is. */
public final class Histories {
  private Histories() {}

  /**
   * Reads it into memory, oldest first; a sample of it if not all has room, or if the source asks
   * for one.
   *
   * @param plan what the history is read for
   * @param rowsRead hears now and then how many rows there are so far
   */
  public static History read(
      SourceConfig source, FeatureSelection selection, ReadingPlan plan, LongConsumer rowsRead) {
    if (source instanceof FileSourceConfig file) {
      return FileHistory.read(file, selection, plan);
    }
    if (source instanceof KafkaSourceConfig kafka) {
      return KafkaHistory.read(kafka, selection, plan, rowsRead);
    }
    throw new IllegalStateException("a source that nobody reads: " + source);
  }

  /**
   * Reads files with labels as a model's features. Nothing is fitted on them.
   *
   * @param source of the history, whose key and time columns theirs are unless the config says
   *     otherwise
   * @param features of the history, with their vocabularies
   * @param plan that of the history
   * @throws InvalidInputException if a file lacks a column, if a row cannot be encoded or has no
   *     label, or if no row is left to score
   */
  public static LabelledHistory readLabelled(
      LabelledConfig config, SourceConfig source, FeatureSpec features, ReadingPlan plan) {
    return LabelledFiles.read(config, source, features, plan);
  }
}
