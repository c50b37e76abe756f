package dev.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  @Property(seed = "20260")
  void shouldWaitNoLongerThanTheDoubledFirstWaitNorTheLongest(
      @ForAll @IntRange(max = 5_000) int first,
      @ForAll @IntRange(max = 60_000) int longest,
      @ForAll @IntRange(max = 2_000) int retry,
      @ForAll long seed) {
    RetryPolicy policy = new RetryPolicy(3, Duration.ofMillis(first), Duration.ofMillis(longest));

    long wait = policy.wait(retry, new Random(seed)).toMillis();

    assertThat(wait).isBetween(0L, (long) longest);
    if (retry < 16) {
      assertThat(wait).isLessThanOrEqualTo((long) first << retry);
    }
  }

  @Test
  void shouldSpreadTheWaits() {
    // Given
    RetryPolicy policy = new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(20));
    Random random = new Random(1);

    // When
    var waits = random.ints(100).mapToObj(i -> policy.wait(2, random).toMillis()).toList();

    // Then
    assertThat(waits).anyMatch(wait -> wait < 1_000).anyMatch(wait -> wait > 3_000);
  }

  @Test
  void shouldWaitAsLongAsItIsAskedToWithinItsBound() {
    RetryPolicy policy = new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(500));
    Random random = new Random(1);

    assertThat(policy.wait(0, random, Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
    assertThat(policy.wait(0, random, Duration.ofHours(3))).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.wait(0, random, Duration.ZERO)).isLessThan(Duration.ofMillis(2));
  }
}
