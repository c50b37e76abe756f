package dev.weir.scorer.inference;

import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.bundle.Manifest;
import dev.weir.model.error.InvalidInputException;
import dev.weir.model.error.OperationFailedException;
import dev.weir.scorer.config.ComputeDevice;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The live model of a pipeline, which can be replaced while records are scored.
 *
 * <p>A model that takes over has been checked and has scored before any task hears of it. The one
 * before it lives until the last task that uses it has let go. Thread-safe.
 */
public final class ModelHost implements ModelSource, AutoCloseable {
  private final Path folder;
  private final ComputeDevice device;
  private final Consumer<Bundle> check;
  private volatile long generation;

  /** Null until there is one. */
  private Tenant live;

  private boolean closed;

  private ModelHost(Path folder, ComputeDevice device, Consumer<Bundle> check) {
    this.folder = folder;
    this.device = device;
    this.check = check;
  }

  /** A loaded model, with the number of those who use it; the host itself is one of them. */
  private static final class Tenant {
    private final LoadedModel model;
    private int users = 1;

    private Tenant(LoadedModel model) {
      this.model = model;
    }
  }

  /**
   * Loads the bundle in a folder.
   *
   * @param device what all its models run on
   * @param check looks at each bundle for reasons beyond itself, and throws if it must not be used
   * @throws InvalidBundleException if it cannot be used
   * @throws InvalidInputException if it must be a GPU, and there is none that can be used
   */
  public static ModelHost open(Path folder, ComputeDevice device, Consumer<Bundle> check) {
    ModelHost host = new ModelHost(folder, device, check);
    host.replace();
    return host;
  }

  /**
   * A host without a model, of generation 0, until {@link #replace} has found one. Before that
   * nobody may ask for anything of it.
   */
  public static ModelHost empty(Path folder, ComputeDevice device, Consumer<Bundle> check) {
    return new ModelHost(folder, device, check);
  }

  private Tenant load() {
    Bundle bundle = Bundle.open(folder);
    check.accept(bundle);
    return new Tenant(LoadedModel.load(bundle, device));
  }

  /**
   * Loads the bundle that is in the folder now, and makes it the live one.
   *
   * @throws InvalidBundleException if it cannot be used; the live one goes on
   * @throws OperationFailedException if it cannot be read; the live one goes on
   */
  public Manifest replace() {
    Tenant next = load();
    Tenant before;
    synchronized (this) {
      // Closed meanwhile: nobody would ever let go of the new one.
      before = closed ? next : live;
      if (!closed) {
        live = next;
        generation++;
      }
    }
    release(before);
    return next.model.manifest();
  }

  /** What the live model runs on: {@code cpu}, or {@code gpu} with its number. */
  public synchronized ComputeDevice device() {
    return present().model.device();
  }

  /** Where its bundles are found. */
  public Path folder() {
    return folder;
  }

  @Override
  public synchronized Manifest manifest() {
    return present().model.manifest();
  }

  private synchronized Tenant present() {
    if (live == null) {
      throw new IllegalStateException("there is no model in " + folder + " yet");
    }
    return live;
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public synchronized AnomalyModel newScorer() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    // It counts as a user once it is there: one that cannot be made never lets go.
    AnomalyModel scorer = new Leased(present());
    live.users++;
    return scorer;
  }

  private void release(Tenant tenant) {
    if (tenant == null) {
      return;
    }
    synchronized (this) {
      tenant.users--;
      if (tenant.users > 0) {
        return;
      }
    }
    tenant.model.close();
  }

  /** Lets go of the live model; it is freed when the last scorer of it is closed. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    release(live);
  }

  /** A scorer that lets go of its model when it is closed. */
  private final class Leased implements AnomalyModel {
    private final Tenant tenant;
    private final AnomalyModel scorer;
    private boolean closed;

    private Leased(Tenant tenant) {
      this.tenant = tenant;
      scorer = tenant.model.newScorer();
    }

    @Override
    public Manifest manifest() {
      return scorer.manifest();
    }

    @Override
    public ScoredBatch score(FeatureBatch batch) {
      return scorer.score(batch);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        scorer.close();
        release(tenant);
      }
    }
  }
}
