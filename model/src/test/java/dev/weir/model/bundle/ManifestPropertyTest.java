package dev.weir.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.calibration.Calibration;
import dev.weir.model.calibration.ParetoTail;
import dev.weir.model.feature.Feature;
import dev.weir.model.feature.FeatureSpec;
import dev.weir.model.feature.FeatureType;
import dev.weir.model.feature.Transform;
import dev.weir.model.record.FieldPath;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ManifestPropertyTest {

  @Property(seed = "20261", tries = 300)
  void shouldReadBackWhatItWrites(@ForAll("manifests") Manifest manifest) throws IOException {
    // When
    byte[] json = ManifestJson.write(manifest);

    // Then
    assertThat(ManifestJson.formatVersion(json)).isEqualTo(manifest.formatVersion());
    assertThat(ManifestJson.read(json)).isEqualTo(manifest);
    assertThat(ManifestJson.write(ManifestJson.read(json))).isEqualTo(json);
  }

  @Provide
  Arbitrary<Manifest> manifests() {
    Arbitrary<String> texts = Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(10);
    return Combinators.combine(
            texts,
            features(),
            calibrations(),
            thresholds(),
            provenances(texts),
            Arbitraries.integers().between(0, 9))
        .as(
            (text, features, calibration, threshold, provenance, format) ->
                new Manifest(
                    format,
                    text,
                    "v" + text,
                    "autoencoder",
                    1 + format,
                    format < 5 ? null : 1L << (8 * (format - 5)),
                    features,
                    calibration,
                    threshold,
                    provenance,
                    Sha256.hex(new byte[] {(byte) text.length()}),
                    null,
                    format < 3 ? null : distributions(features, format)));
  }

  private static List<FeatureDistribution> distributions(FeatureSpec features, int number) {
    return features.features().stream()
        .filter(feature -> !feature.type().isCyclic())
        .map(feature -> distribution(feature, number))
        .toList();
  }

  private static FeatureDistribution distribution(Feature feature, int number) {
    return switch (feature.type()) {
      case NUMERIC ->
          new FeatureDistribution(
              feature.name(), List.of(-0.1f, 1e-30f * number), List.of(1L, 2L, 3L), 0);
      case BOOLEAN ->
          new FeatureDistribution(
              feature.name(), null, List.of(1L, 1L << (8 * (number - 3))), number);
      default -> new FeatureDistribution(feature.name(), null, List.of(1L, 0L, 7L, 2L), number);
    };
  }

  private static Arbitrary<AlertThreshold> thresholds() {
    return Combinators.combine(
            Arbitraries.doubles().between(1e-12, 0.999).ofScale(15),
            doubles(),
            Arbitraries.of(ThresholdBasis.class),
            Arbitraries.doubles().between(0, 0.5).injectNull(0.3))
        .as(
            (rate, score, basis, low) ->
                new AlertThreshold(
                    rate, score, basis, low == null ? null : new RateInterval(low, 2 * low)));
  }

  /** Any finite double, from the whole range of exponents. */
  private static Arbitrary<Double> doubles() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }

  private static Arbitrary<FeatureSpec> features() {
    return Arbitraries.strings()
        .withCharRange(' ', '\ud7ff')
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(name -> !name.isBlank() && name.indexOf('.') < 0)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .uniqueElements()
        .flatMap(
            names ->
                Arbitraries.integers()
                    .between(0, 6)
                    .list()
                    .ofSize(names.size())
                    .map(
                        kinds ->
                            new FeatureSpec(
                                IntStream.range(0, names.size())
                                    .mapToObj(i -> feature(names.get(i), kinds.get(i)))
                                    .toList())));
  }

  private static Feature feature(String name, int kind) {
    FieldPath path = new FieldPath(List.of("payload", name));
    return switch (kind) {
      case 0 -> new Feature(name, path, FeatureType.NUMERIC);
      case 1 -> new Feature(name, path, FeatureType.BOOLEAN);
      case 2 -> new Feature(name, path, FeatureType.HOUR_OF_DAY);
      case 3 -> new Feature(name, path, FeatureType.NUMERIC, Transform.RATE, null, List.of());
      case 4 -> new Feature(name, path, FeatureType.NUMERIC, Transform.LOG1P, null, List.of());
      case 5 -> new Feature(name, path, FeatureType.NUMERIC, Transform.ROLLING_MEAN, 9, List.of());
      default ->
          new Feature(
              name,
              path,
              FeatureType.CATEGORICAL,
              Transform.NONE,
              null,
              List.of(name, "", name + "x"));
    };
  }

  private static Arbitrary<Calibration> calibrations() {
    return Combinators.combine(
            doubles().array(double[].class).ofMinSize(2).ofMaxSize(20),
            Arbitraries.doubles().between(1e-6, 0.5).ofScale(15),
            Arbitraries.doubles().between(-0.5, 1).ofScale(15),
            Arbitraries.doubles().between(1e-12, 1e12).ofScale(15),
            Arbitraries.longs())
        .as(
            (quantiles, rate, shape, scale, size) -> {
              Arrays.sort(quantiles);
              double threshold = quantiles[quantiles.length - 1];
              return new Calibration(
                  quantiles, new ParetoTail(threshold, rate, shape, scale), size);
            });
  }

  private static Arbitrary<Provenance> provenances(Arbitrary<String> texts) {
    Arbitrary<Object> settings =
        Arbitraries.oneOf(
            texts.map(text -> (Object) text),
            Arbitraries.integers().map(number -> (Object) number),
            doubles().map(number -> (Object) number),
            Arbitraries.of(true, false).map(flag -> (Object) flag),
            Arbitraries.integers().list().ofMaxSize(3).map(list -> (Object) list));
    Arbitrary<Map<String, Object>> hyperparameters = Arbitraries.maps(texts, settings).ofMaxSize(5);
    return Combinators.combine(
            Arbitraries.longs().between(-1_000_000_000_000L, 4_000_000_000_000L),
            texts,
            Arbitraries.longs(),
            hyperparameters,
            Arbitraries.maps(texts, texts).ofMaxSize(5))
        .as(
            (millis, fingerprint, rows, settingsByName, libraries) ->
                new Provenance(
                    Instant.ofEpochMilli(millis),
                    fingerprint,
                    rows,
                    rows / 2,
                    rows / 3,
                    settingsByName,
                    -rows,
                    libraries));
  }
}
