package dev.weir.trainer.som;

import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.config.SomConfig;
import java.util.ArrayList;
import java.util.List;

/** Configs of self-organising maps; for tests. */
public final class SomConfigs {
  private SomConfigs() {}

  /** The defaults, but for some settings, {@code key=value}. */
  public static SomConfig of(String... settings) {
    List<String> all = new ArrayList<>(List.of("family=som"));
    all.addAll(List.of(settings));
    return ConfigReader.of(all, SomConfig.class);
  }
}
