package dev.weir.trainer.family;

import dev.weir.trainer.config.ModelConfig;
import dev.weir.trainer.preprocessing.Embedding;
import dev.weir.trainer.preprocessing.Preprocessor;
import java.util.Optional;
import java.util.stream.Collectors;

/** What families that train no network make of features that shall be embedded. */
final class OneHot {
  private OneHot() {}

  /** That they see them one-hot; empty if there are none. */
  static Optional<String> warning(ModelConfig config, Preprocessor preprocessor) {
    if (preprocessor.embeddings().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "family "
            + config.family()
            + " has no network that could learn an embedding, and sees "
            + preprocessor.embeddings().stream()
                .map(embedding -> "'" + name(preprocessor, embedding) + "'")
                .collect(Collectors.joining(", "))
            + " one-hot");
  }

  private static String name(Preprocessor preprocessor, Embedding embedding) {
    int feature = preprocessor.columns().get(embedding.first()).feature();
    return preprocessor.features().features().get(feature).name();
  }
}
