package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.weir.model.config.Check;
import java.util.List;
import java.util.stream.Collectors;

/** Which family of models is trained, and how; an autoencoder if nobody says. */
// Jackson takes the default for an unknown family, too; so each family gets to see the name.
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "family",
    defaultImpl = AutoencoderConfig.class,
    visible = true)
@JsonSubTypes({
  @JsonSubTypes.Type(value = AutoencoderConfig.class, name = AutoencoderConfig.AUTOENCODER),
  @JsonSubTypes.Type(value = PcaConfig.class, name = PcaConfig.PCA),
  @JsonSubTypes.Type(value = VaeConfig.class, name = VaeConfig.VAE),
  @JsonSubTypes.Type(value = SomConfig.class, name = SomConfig.SOM),
  @JsonSubTypes.Type(value = SequenceConfig.class, name = SequenceConfig.LSTM),
  @JsonSubTypes.Type(value = SequenceConfig.class, name = SequenceConfig.GRU),
  @JsonSubTypes.Type(value = SequenceConfig.class, name = SequenceConfig.TRANSFORMER),
  @JsonSubTypes.Type(value = EnsembleConfig.class, name = EnsembleConfig.ENSEMBLE)
})
public sealed interface ModelConfig
    permits AutoencoderConfig, PcaConfig, VaeConfig, SomConfig, SequenceConfig, EnsembleConfig {
  /** The widest window, in rows. */
  int WIDEST = 1024;

  /** The family's name. */
  String family();

  /** How many consecutive rows of a key it looks at together; 1 for each row alone. */
  Integer window();

  /** Of all that is random in the training. */
  Long seed();

  /** The given window, or 1 if none was given; refuses what is no window. */
  static Integer window(Integer given) {
    return Check.atMost("window", Check.atLeast("window", Check.orElse(given, 1), 1), WIDEST);
  }

  /** The given name, or the config's own if none was given; refuses any other. */
  static String requireFamily(String given, String own) {
    if (given != null && !given.equals(own)) {
      JsonSubTypes known = ModelConfig.class.getAnnotation(JsonSubTypes.class);
      throw Check.refuse(
          "family",
          "is '"
              + given
              + "', but must be one of "
              + List.of(known.value()).stream()
                  .map(JsonSubTypes.Type::name)
                  .collect(Collectors.joining(", ")));
    }
    return own;
  }
}
