package dev.weir.trainer.search;

import dev.weir.trainer.evaluation.RankingMetrics;
import java.util.Map;

/**
 * How well a model tells rows from anomalies made of them.
 *
 * @param overall of all anomalies
 * @param rocAucByKind of those of one kind alone; a kind of which there is none is absent
 */
public record Judgement(RankingMetrics overall, Map<ProbeKind, Double> rocAucByKind) {
  public Judgement {
    rocAucByKind = Map.copyOf(rocAucByKind);
  }
}
