package dev.weir.trainer.checkpoint;

import dev.weir.model.error.InvalidInputException;
import dev.weir.trainer.network.Checkpoint;
import dev.weir.trainer.network.CheckpointFailedException;
import dev.weir.trainer.network.Checkpoints;
import dev.weir.trainer.network.DamagedCheckpointException;
import dev.weir.trainer.network.TrainingProgress;
import dev.weir.trainer.network.TrainingState;
import dev.weir.trainer.network.TrainingStoppedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder beside a bundle that holds how far its training is: one file that says whose it is, and
 * one for each of the run's trainings (a search's candidates, an ensemble's members, the rounds of
 * a contaminated history) that was begun. It is made when there is something to keep, and deleted
 * when the bundle is written. Files are written beside their place and moved there, so a reader
 * sees all of one or none.
 *
 * <p>Not thread-safe; two runs must not share an output.
 */
public final class CheckpointFolder implements Checkpoints {
  private static final String IDENTITY = "checkpoint.properties";
  private static final String PART = ".part";

  private final Path folder;
  private final RunIdentity identity;
  private final CheckpointOptions options;
  private final boolean resuming;
  private final Checkpoints trainings;
  private boolean cleared;

  private CheckpointFolder(
      Path folder,
      RunIdentity identity,
      CheckpointOptions options,
      TrainingProgress progress,
      boolean resuming) {
    this.folder = folder;
    this.identity = identity;
    this.options = options;
    this.resuming = resuming;
    trainings = new Trainings("", progress);
  }

  /** Where the checkpoints of a run with a given output are: beside it, {@code OUT.checkpoint}. */
  public static Path besides(Path output) {
    Path whole = output.toAbsolutePath().normalize();
    return whole.resolveSibling(whole.getFileName() + ".checkpoint");
  }

  /**
   * Opens a folder, which need not be there. Without {@code resume}, what is there is left until
   * there is something newer to keep.
   *
   * @param config all settings that training depends on, as text
   * @param data a digest of the encoded history
   * @param software the versions of what computes it
   * @throws InvalidInputException if it holds something else, or the checkpoint of a run that this
   *     one cannot go on from
   */
  public static CheckpointFolder open(
      Path folder,
      String config,
      String data,
      Map<String, String> software,
      CheckpointOptions options,
      TrainingProgress progress) {
    RunIdentity identity = RunIdentity.of(config, data, software);
    refuseForeign(folder);
    boolean there = Files.exists(folder.resolve(IDENTITY));
    if (options.resume() && there) {
      identity.refuseOther(RunIdentity.parse(read(folder.resolve(IDENTITY))), folder);
      progress.step("resuming from " + folder);
    } else if (options.resume()) {
      progress.step("there is no checkpoint " + folder + " to resume from; training begins anew");
    } else if (there) {
      progress.step(
          "an interrupted training left the checkpoint "
              + folder
              + "; this one begins anew and replaces it (--resume would have gone on from it)");
    }
    return new CheckpointFolder(folder, identity, options, progress, options.resume() && there);
  }

  private static void refuseForeign(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      if (!names.stream().allMatch(CheckpointFolder::isOurs)) {
        throw new InvalidInputException(
            folder
                + " is where checkpoints of this training would be, but something else is there; move"
                + " it away, or name another --out");
      }
    } catch (IOException e) {
      throw new CheckpointFailedException("cannot look into " + folder + " (" + e + ")", e);
    }
  }

  private static boolean isOurs(String name) {
    return name.matches("(checkpoint\\.properties|(candidate-\\d+-)?training-\\d+)(\\.part)?");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CheckpointFailedException("cannot read " + file + " (" + e + ")", e);
    }
  }

  @Override
  public Checkpoint next() {
    return trainings.next();
  }

  /**
   * The places of a candidate's trainings: whatever becomes of the others, it finds its own again.
   *
   * @param candidate its place among the candidates, from 0
   * @param heard hears how they go on
   */
  public Checkpoints ofCandidate(int candidate, TrainingProgress heard) {
    return new Trainings("candidate-" + (candidate + 1) + "-", heard);
  }

  /** Deletes the folder, once what it was for is done. */
  public void delete() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    clear();
    try {
      Files.delete(folder);
    } catch (IOException e) {
      throw new CheckpointFailedException("cannot delete " + folder + " (" + e + ")", e);
    }
  }

  private void clear() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> isOurs(path.getFileName().toString())).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CheckpointFailedException("cannot delete what is in " + folder + " (" + e + ")", e);
    }
  }

  private void write(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    Path part = folder.resolve(name + PART);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CheckpointFailedException(
          "cannot write the checkpoint " + file + " (" + e + "); is there space?", e);
    }
  }

  /** Trainings one after the other. */
  private final class Trainings implements Checkpoints {
    private final String owner;
    private final TrainingProgress progress;
    private int begun;

    Trainings(String owner, TrainingProgress progress) {
      this.owner = owner;
      this.progress = progress;
    }

    @Override
    public Checkpoint next() {
      begun++;
      return new Training(owner + "training-" + begun, progress);
    }
  }

  /** One of the run's trainings. */
  private final class Training implements Checkpoint {
    private final String name;
    private final TrainingProgress progress;
    private long saved = System.nanoTime();

    Training(String name, TrainingProgress progress) {
      this.name = name;
      this.progress = progress;
    }

    @Override
    public boolean isKept() {
      return true;
    }

    @Override
    public Optional<TrainingState> load() {
      Path file = folder.resolve(name);
      options.stop().setHeard(true);
      if (!resuming || !Files.exists(file)) {
        return Optional.empty();
      }
      try {
        TrainingState state = StateFile.read(Files.readAllBytes(file));
        progress.step(
            state.finished()
                ? "this training was finished before"
                : "going on in epoch " + state.epoch());
        return Optional.of(state);
      } catch (IOException e) {
        throw new DamagedCheckpointException(
            "the checkpoint "
                + file
                + " is damaged ("
                + e.getMessage()
                + "); delete it, or train anew without --resume",
            e);
      }
    }

    @Override
    public boolean isDue(boolean betweenEpochs) {
      Duration since = Duration.ofNanos(System.nanoTime() - saved);
      Duration wanted = betweenEpochs ? options.betweenEpochs() : options.withinEpochs();
      return options.stop().isAsked() || since.compareTo(wanted) >= 0;
    }

    @Override
    public void save(TrainingState state) {
      begin();
      write(name, StateFile.write(state));
      saved = System.nanoTime();
      options.stop().setHeard(!state.finished());
    }

    private void begin() {
      if (cleared) {
        return;
      }
      cleared = true;
      if (resuming) {
        return;
      }
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new CheckpointFailedException("cannot make the folder " + folder + " (" + e + ")", e);
      }
      clear();
      write(IDENTITY, identity.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void stopIfAsked(int epoch) {
      if (options.stop().isAsked()) {
        throw new TrainingStoppedException(
            "training was stopped in epoch "
                + epoch
                + "; where it is was kept in "
                + folder
                + ". The same command with --resume goes on from there");
      }
    }
  }
}
