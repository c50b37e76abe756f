package dev.weir.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.record.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureSpecTest {

  @Test
  void shouldKeepOrderOfFeatures() {
    // Given
    FeatureSpec spec = FeatureSpec.numeric(List.of("z", "a.b"));

    // Then
    assertThat(spec.width()).isEqualTo(2);
    assertThat(spec.names()).containsExactly("z", "a.b");
    assertThat(spec.fields()).containsExactly(FieldPath.parse("z"), FieldPath.parse("a.b"));
  }

  @Test
  void shouldNotChangeWithListItWasMadeOf() {
    // Given
    List<Feature> features = new ArrayList<>(List.of(Feature.numeric("a")));
    FeatureSpec spec = new FeatureSpec(features);

    // When
    features.add(Feature.numeric("b"));

    // Then
    assertThat(spec.width()).isEqualTo(1);
  }

  @Test
  void shouldRefuseSpecWithoutFeatures() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureSpec(List.of()))
        .withMessage("a model needs at least one feature");
  }

  @Test
  void shouldRefuseTwoFeaturesOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSpec.numeric(List.of("a", "b", "a")))
        .withMessage("two features are called 'a'");
  }

  @Test
  void shouldRefuseIncompleteFeature() {
    FieldPath path = FieldPath.parse("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Feature(" ", path, FeatureType.NUMERIC))
        .withMessage("a feature has no name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Feature("a", null, FeatureType.NUMERIC))
        .withMessage("feature 'a' has no path");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Feature("a", path, null))
        .withMessage("feature 'a' has no type");
  }
}
