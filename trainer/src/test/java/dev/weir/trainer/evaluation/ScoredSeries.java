package dev.weir.trainer.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A labelled series with scores, as properties are tried on. */
final class ScoredSeries {
  private final double[] scores;
  private final boolean[] labels;

  ScoredSeries(double[] scores, boolean[] labels) {
    this.scores = scores;
    this.labels = labels;
  }

  /** 2 to 60 points of both kinds; scores are few whole numbers, so that they tie. */
  static Arbitrary<ScoredSeries> arbitrary() {
    Arbitrary<Integer> score = Arbitraries.integers().between(-8, 8);
    Arbitrary<Boolean> label = Arbitraries.of(true, false);
    return Combinators.combine(score, label)
        .as(Point::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(60)
        .filter(points -> points.stream().map(Point::label).distinct().count() == 2)
        .map(ScoredSeries::of);
  }

  double[] scores() {
    return scores;
  }

  boolean[] labels() {
    return labels;
  }

  ScoredSeries withScores(DoubleUnaryOperator change) {
    double[] changed = new double[scores.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.applyAsDouble(scores[i]);
    }
    return new ScoredSeries(changed, labels);
  }

  /** The same points with scores that put every anomaly above every normal point. */
  ScoredSeries rankedPerfectly() {
    double[] perfect = new double[scores.length];
    for (int i = 0; i < perfect.length; i++) {
      perfect[i] = labels[i] ? scores[i] + 100 : scores[i];
    }
    return new ScoredSeries(perfect, labels);
  }

  ScoredSeries shuffled(long seed) {
    List<Point> points = points();
    Collections.shuffle(points, new Random(seed));
    return of(points);
  }

  ScoredSeries reversed() {
    List<Point> points = points();
    Collections.reverse(points);
    return of(points);
  }

  @Override
  public String toString() {
    return points().toString();
  }

  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      points.add(new Point(scores[i], labels[i]));
    }
    return points;
  }

  private static ScoredSeries of(List<Point> points) {
    double[] scores = new double[points.size()];
    boolean[] labels = new boolean[points.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = points.get(i).score();
      labels[i] = points.get(i).label();
    }
    return new ScoredSeries(scores, labels);
  }

  private record Point(double score, boolean label) {}
}
