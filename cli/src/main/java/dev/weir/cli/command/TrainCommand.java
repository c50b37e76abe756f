package dev.weir.cli.command;

import dev.weir.cli.console.Numbers;
import dev.weir.cli.console.TrainingConsole;
import dev.weir.model.bundle.AlertThreshold;
import dev.weir.model.bundle.Bundle;
import dev.weir.model.bundle.InvalidBundleException;
import dev.weir.model.config.ConfigException;
import dev.weir.model.config.ConfigReader;
import dev.weir.trainer.TrainingRun;
import dev.weir.trainer.checkpoint.CheckpointOptions;
import dev.weir.trainer.checkpoint.StopRequest;
import dev.weir.trainer.config.TrainConfig;
import dev.weir.trainer.network.TrainingStoppedException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir train}: history in, model bundle out. */
@Command(
    name = "train",
    description = "Trains a model on history and writes a model bundle.",
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The bundle's folder; a bundle that is there is replaced. Over 'output'.")
  private Path out;

  @Option(
      names = "--from",
      paramLabel = "BUNDLE",
      description =
          "Fine-tunes the model of this bundle on the history, instead of training anew. Over"
              + " 'fineTune.from'.")
  private String from;

  @Option(
      names = "--freeze",
      paramLabel = "PART",
      description = "With --from: encoder trains the decoder alone, none trains all of it.")
  private String freeze;

  @Option(
      names = "--teacher",
      paramLabel = "BUNDLE",
      description =
          "Distils the model of this bundle into the one that is trained. Over 'distil.teacher'.")
  private String teacher;

  @Option(
      names = "--resume",
      description =
          "Goes on from the checkpoint that an interrupted training left beside its output; begins"
              + " anew if there is none.")
  private boolean resume;

  @Option(
      names = "--if-missing",
      description = "Trains only if there is no bundle that can be used where it is to go.")
  private boolean ifMissing;

  @Override
  public Integer call() {
    TrainConfig settings = ConfigReader.read(config.file(), settings(), TrainConfig.class);
    if (out == null && settings.output() == null) {
      throw new ConfigException(
          "config "
              + config.file()
              + ": say where the bundle goes, with 'output' or with --out DIR");
    }
    Path target = out == null ? Path.of(settings.output()) : out;
    PrintWriter console = spec.commandLine().getOut();
    if (ifMissing && isThere(target, console)) {
      return 0;
    }
    console.println("weir train: " + settings.name() + " → " + target);
    TrainingConsole progress = new TrainingConsole(console, Ansi.AUTO.enabled());
    Bundle bundle = train(settings, progress, target);
    progress.finish();
    AlertThreshold threshold = bundle.manifest().threshold();
    console.println(
        "  threshold: score "
            + Numbers.value(threshold.score())
            + ", which "
            + Numbers.odds(threshold.falseAlarmRate())
            + " normal records reach");
    console.println(
        "  bundle: " + bundle.folder() + " (version " + bundle.manifest().version() + ")");
    console.println("  report: " + bundle.reportFile());
    console.flush();
    return 0;
  }

  private static boolean isThere(Path target, PrintWriter console) {
    try {
      Bundle bundle = Bundle.open(target);
      console.println(
          "weir train: bundle "
              + bundle.folder()
              + " (version "
              + bundle.manifest().version()
              + ") is there already, and is not trained again");
      console.flush();
      return true;
    } catch (InvalidBundleException e) {
      if (Files.exists(target)) {
        console.println("weir train: not to be used, and trained anew: " + e.getMessage());
      }
      return false;
    }
  }

  /** The options that stand for keys of the config, after those that name the keys. */
  private List<String> settings() {
    List<String> settings = new ArrayList<>(config.settings());
    if (from != null) {
      settings.add("fineTune.from=" + quoted(from));
    }
    if (freeze != null) {
      settings.add("fineTune.freeze=" + quoted(freeze));
    }
    if (teacher != null) {
      settings.add("distil.teacher=" + quoted(teacher));
    }
    return settings;
  }

  /** As a scalar of YAML's, whatever is in it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** On Ctrl-C and SIGTERM, a training that is under way is kept before the process ends. */
  private Bundle train(TrainConfig settings, TrainingConsole progress, Path target) {
    StopRequest stop = new StopRequest();
    CountDownLatch ended = new CountDownLatch(1);
    Shutdown.onSignalAndAwaitIf(stop::ask, ended);
    try {
      return new TrainingRun(
              settings, progress, Clock.systemUTC(), CheckpointOptions.of(resume, stop))
          .run(target);
    } catch (TrainingStoppedException e) {
      // Whoever catches it next may not get to say so: the process is about to end.
      progress.step(e.getMessage());
      throw e;
    } finally {
      ended.countDown();
    }
  }
}
