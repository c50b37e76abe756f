package dev.weir.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChartTest {
  private static final String NAME = "</script><!-- & \u2028";

  @Test
  void shouldHoldItsDataWithoutEndingItsScript() throws Exception {
    // Given
    Chart chart =
        new Chart(
            "a 'label'",
            Chart.Axis.log(NAME),
            Chart.Axis.share("share"),
            List.of(
                Chart.Series.of(
                    NAME,
                    Chart.Style.STEPS,
                    Chart.Colour.BLUE,
                    new double[] {1.23456789, Double.NaN, 3},
                    new double[] {1e-7, 2, Double.POSITIVE_INFINITY})),
            List.of(Chart.Mark.atX("here", 2)));

    // When
    String figure = chart.figure("<caption>");

    // Then
    String json = figure.substring(figure.indexOf("json'>") + 6, figure.indexOf("</script>"));
    assertThat(json).doesNotContain("<", ">", "&", "\u2028");
    JsonNode data = new ObjectMapper().readTree(json);
    assertThat(data.at("/series/0/name").asText()).isEqualTo(NAME);
    assertThat(data.at("/series/0/style").asText()).isEqualTo("steps");
    assertThat(data.at("/series/0/colour").asText()).isEqualTo("a");
    assertThat(data.at("/series/0/data")).hasSize(1);
    assertThat(data.at("/series/0/data/0/0").asDouble()).isEqualTo(1.2346);
    assertThat(data.at("/x/log").asBoolean()).isTrue();
    assertThat(data.at("/x/min").isMissingNode()).isTrue();
    assertThat(data.at("/y/max").asDouble()).isEqualTo(1);
    assertThat(data.at("/marks/0/x").asDouble()).isEqualTo(2);
    assertThat(figure)
        .contains("role='img' aria-label='a &#39;label&#39;'")
        .contains("<figcaption>&lt;caption&gt;</figcaption>");
  }
}
