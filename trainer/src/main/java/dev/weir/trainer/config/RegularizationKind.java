package dev.weir.trainer.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What keeps an autoencoder from learning to copy, besides a narrow code. */
public enum RegularizationKind {
  @JsonProperty("none")
  NONE,

  /** Few units of the code are active at a time. */
  @JsonProperty("sparse")
  SPARSE,

  /** It gives back the clean input of a corrupted one. */
  @JsonProperty("denoising")
  DENOISING,

  /** The code changes little when the input does. */
  @JsonProperty("contractive")
  CONTRACTIVE;

  /** The name as it stands in a config. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
