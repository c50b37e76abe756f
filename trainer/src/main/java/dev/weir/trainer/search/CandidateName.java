package dev.weir.trainer.search;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.EnsembleConfig;
import dev.weir.trainer.config.ModelConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a candidate is called: its family, and the settings that are not the family's defaults. */
final class CandidateName {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAMILY = "family";
  private static final String MEMBERS = "members";

  private CandidateName() {}

  /** Where the config of a model is in that of a training. */
  private record Holder(ModelConfig model) {}

  static String of(ModelConfig model) {
    Map<String, Object> usual =
        settings(ConfigReader.of(List.of("model.family=" + model.family()), Holder.class).model());
    Map<String, Object> own = settings(model);
    own.remove(FAMILY);
    own.values().removeIf(Objects::isNull);
    own.entrySet().removeIf(setting -> setting.getValue().equals(usual.get(setting.getKey())));
    if (own.containsKey(MEMBERS) && model instanceof EnsembleConfig ensemble) {
      own.remove("window");
      own.put(MEMBERS, ensemble.members().stream().map(CandidateName::of).toList());
    }
    return own.isEmpty()
        ? model.family()
        : own.entrySet().stream()
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", ", model.family() + " (", ")"));
  }

  private static Map<String, Object> settings(ModelConfig model) {
    return JSON.convertValue(model, new TypeReference<LinkedHashMap<String, Object>>() {});
  }
}
