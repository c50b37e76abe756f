package dev.weir.trainer.report;

import dev.weir.model.bundle.Manifest;
import dev.weir.model.bundle.TrainingSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A bundle's {@code report.html}: one page that needs nothing from the network. */
public final class TrainingReport {
  private TrainingReport() {}

  /** Writes the page. */
  public static String html(ReportData data) {
    Manifest manifest = data.manifest();
    List<ReportSection> sections = sections(data);
    return Page.fill(
        Map.of(
            "title", Html.escape(manifest.name() + " " + manifest.version()),
            "name", Html.escape(manifest.name()),
            "version", Html.escape(manifest.version()),
            "family", Html.escape(manifest.family()),
            "style",
                sections.stream()
                    .map(ReportSection::css)
                    .distinct()
                    .collect(Collectors.joining("\n")),
            "links", sections.stream().map(ReportSection::link).collect(Collectors.joining("\n")),
            "sections", sections.stream().map(ReportSection::page).collect(Collectors.joining())));
  }

  private static List<ReportSection> sections(ReportData data) {
    TrainingSummary training = data.training();
    List<ReportSection> sections = new ArrayList<>();
    sections.add(SummarySection.of(data));
    if (!training.warnings().isEmpty()) {
      sections.add(WarningSection.of(training.warnings()));
    }
    if (training.evaluation() != null) {
      sections.add(
          EvaluationSection.of(
              data.manifest().threshold().basis(), training.evaluation(), data.curve()));
    }
    if (training.search() != null) {
      sections.add(SearchSection.of(training.search()));
    }
    sections.add(ScoreSection.of(data));
    if (training.trimmed() > 0) {
      sections.add(TrimmedSection.of(training.trimmed(), data.trimmed()));
    }
    sections.add(HighestRowsSection.of(training.highestRows()));
    if (!data.epochs().isEmpty()) {
      sections.add(LossSection.of(data.manifest().family(), data.epochs()));
    }
    sections.add(FeatureSection.of(data));
    data.latent().ifPresent(map -> sections.add(LatentSection.of(map, data.manifest())));
    sections.addAll(data.own());
    sections.add(ProvenanceSection.of(data.manifest()));
    return sections;
  }
}
