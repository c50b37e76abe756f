package dev.weir.scorer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.ComputeDevice;
import dev.weir.scorer.fixture.Await;
import dev.weir.scorer.fixture.TinyBundle;
import dev.weir.scorer.fixture.TinyGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModelWatcherTest implements ModelWatcher.Listener {
  private static final Duration EVERY = Duration.ofMillis(20);

  @TempDir private Path temporary;
  private final List<Manifest> swapped = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private Path folder;
  private ModelHost host;
  private ModelWatcher watcher;

  @BeforeEach
  void watch() {
    folder = temporary.resolve("bundle");
    TinyBundle.write(folder, 3, TinyGraph.sumOfSquares(3).onnx());
    host = ModelHost.open(folder, ComputeDevice.CPU, bundle -> {});
    watcher = ModelWatcher.start(host, EVERY, this);
  }

  @AfterEach
  void stop() {
    watcher.close();
    host.close();
  }

  @Override
  public void swapped(Manifest manifest) {
    swapped.add(manifest);
  }

  @Override
  public void refused(String reason) {
    refused.add(reason);
  }

  @Test
  void shouldLeaveABundleAloneThatStaysTheSame() throws Exception {
    TimeUnit.MILLISECONDS.sleep(10 * EVERY.toMillis());

    assertThat(swapped).isEmpty();
    assertThat(refused).isEmpty();
  }

  @Test
  void shouldHaveANewBundleTakeOver() throws Exception {
    TinyBundle.write(folder, 3, TinyGraph.random(3, 5).onnx());

    Await.until("the new model", () -> !swapped.isEmpty());
    assertThat(swapped).containsExactly(host.manifest());
    assertThat(host.generation()).isEqualTo(2);
  }

  @Test
  void shouldSeeABundleThatCameBeforeItBeganToWatch() throws Exception {
    watcher.close();
    TinyBundle.write(folder, 3, TinyGraph.random(3, 5).onnx());

    watcher = ModelWatcher.start(host, EVERY, this);

    Await.until("the new model", () -> !swapped.isEmpty());
    assertThat(host.generation()).isEqualTo(2);
  }

  @Test
  void shouldRefuseADamagedBundleOnceAndTakeTheNextOne() throws Exception {
    // Given
    Files.write(folder.resolve(Bundle.MODEL), new byte[] {1, 2, 3});
    Await.until("a refusal", () -> !refused.isEmpty());
    TimeUnit.MILLISECONDS.sleep(10 * EVERY.toMillis());
    assertThat(refused).singleElement().asString().contains("checksum");
    assertThat(host.generation()).isEqualTo(1);

    // When
    TinyBundle.write(folder, 3, TinyGraph.random(3, 5).onnx());

    // Then
    Await.until("the new model", () -> !swapped.isEmpty());
    assertThat(refused).hasSize(1);
  }

  @Test
  void shouldWaitForABundleThatIsCopiedFileByFile() throws Exception {
    // Given the manifest first
    Path other = temporary.resolve("other");
    TinyBundle.write(other, 3, TinyGraph.random(3, 5).onnx());
    Files.write(
        folder.resolve(Bundle.MANIFEST), Files.readAllBytes(other.resolve(Bundle.MANIFEST)));
    TimeUnit.MILLISECONDS.sleep(10 * EVERY.toMillis());
    assertThat(swapped).isEmpty();

    // When
    Files.write(folder.resolve(Bundle.MODEL), Files.readAllBytes(other.resolve(Bundle.MODEL)));

    // Then
    Await.until("the new model", () -> !swapped.isEmpty());
  }

  @Test
  void shouldGoOnWithoutAFolder() throws Exception {
    // Given
    Path away = temporary.resolve("away");
    Files.move(folder, away);
    TimeUnit.MILLISECONDS.sleep(5 * EVERY.toMillis());
    assertThat(refused).isEmpty();

    // When
    TinyBundle.write(folder, 3, TinyGraph.random(3, 5).onnx());

    // Then
    Await.until("the new model", () -> !swapped.isEmpty());
  }

  /** A disk that is full for a while is not the bundle's fault. */
  @Test
  void shouldTakeABundleThatCouldNotBeReadForAWhile() throws Exception {
    // Given
    watcher.close();
    AtomicInteger failing = new AtomicInteger();
    try (ModelHost checked =
            ModelHost.open(
                folder,
                ComputeDevice.CPU,
                bundle -> {
                  if (failing.getAndDecrement() > 0) {
                    throw new OperationFailedException("no room");
                  }
                });
        ModelWatcher watching = ModelWatcher.start(checked, EVERY, this)) {
      failing.set(5);

      // When
      TinyBundle.write(folder, 3, TinyGraph.random(3, 5).onnx());

      // Then it is counted once, and taken though none of its files changes
      Await.until("the new model", () -> !swapped.isEmpty());
      assertThat(refused).containsExactly("no room");
      assertThat(checked.generation()).isEqualTo(2);
      assertThat(watching).isNotNull();
    }
  }

  /** What nobody has thought of is a reason, too. */
  @Test
  void shouldRefuseABundleWhoseCheckFailsInAnyWay() throws Exception {
    // Given
    watcher.close();
    AtomicBoolean failing = new AtomicBoolean();
    try (ModelHost checked =
            ModelHost.open(
                folder,
                ComputeDevice.CPU,
                bundle -> {
                  if (failing.get()) {
                    throw new IllegalStateException("something else");
                  }
                });
        ModelWatcher watching = ModelWatcher.start(checked, EVERY, this)) {
      failing.set(true);

      // When
      TinyBundle.write(folder, 3, TinyGraph.random(3, 5).onnx());

      // Then it is counted once, and left alone
      Await.until("the refusal", () -> !refused.isEmpty());
      TimeUnit.MILLISECONDS.sleep(10 * EVERY.toMillis());
      assertThat(refused).containsExactly("something else");
      assertThat(checked.generation()).isEqualTo(1);
      assertThat(watching).isNotNull();
    }
  }
}
