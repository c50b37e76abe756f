package dev.weir.scorer.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.feature.Feature;
import dev.weir.scorer.http.Answer;
import dev.weir.scorer.http.Page;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What each pipeline scores with, for programs. */
record ModelsPage(List<PipelineMonitor> pipelines) implements Page {

  /** A pipeline's model. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      String pipeline,
      String input,
      String alertsTopic,
      String deadLetterTopic,
      String model,
      String version,
      String family,
      String trainedAt,
      String loadedAt,
      String sha256,
      double threshold,
      double falseAlarmRate,
      int window,
      Long maxGapMillis,
      int reloads,
      int refused,
      String lastRefusal,
      String lastRefusalAt,
      List<FeatureEntry> features) {}

  /** What it looks at. */
  record FeatureEntry(String name, String path, String type, String transform) {
    static FeatureEntry of(Feature feature) {
      return new FeatureEntry(
          feature.name(),
          feature.path().toString(),
          lower(feature.type()),
          lower(feature.transform()));
    }

    private static String lower(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Answer now() {
    return Answer.json(ConsoleJson.pretty(entries()));
  }

  List<Entry> entries() {
    return pipelines.stream().map(ModelsPage::entry).toList();
  }

  private static Entry entry(PipelineMonitor pipeline) {
    LiveModel model = pipeline.model();
    Manifest manifest = model.manifest();
    return new Entry(
        pipeline.config().name(),
        pipeline.config().input().described(),
        pipeline.config().alertsTopic(),
        pipeline.config().deadLetterTopic(),
        manifest.name(),
        manifest.version(),
        manifest.family(),
        text(manifest.provenance().createdAt()),
        text(model.loadedAt()),
        manifest.modelSha256(),
        model.identity().threshold().score(),
        model.identity().threshold().falseAlarmRate(),
        manifest.window(),
        manifest.maxGapMillis(),
        model.swapped(),
        model.refused(),
        model.refusal().map(LiveModel.Refusal::reason).orElse(null),
        model.refusal().map(refusal -> text(refusal.at())).orElse(null),
        manifest.features().features().stream().map(FeatureEntry::of).toList());
  }

  private static String text(Instant time) {
    return time == null ? null : time.toString();
  }
}
