package dev.weir.model.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A config with a key of every kind, in the shape of the trainer's and the scorer's. */
record SampleConfig(
    String name, String version, Source source, Network network, Map<String, String> kafka) {

  SampleConfig {
    Check.present("name", name, "what the model is called");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Files.class, name = "csv"),
    @JsonSubTypes.Type(value = Topic.class, name = "kafka")
  })
  sealed interface Source permits Files, Topic {}

  record Files(List<String> files, String timeColumn) implements Source {
    Files {
      files = List.copyOf(Check.present("files", files, "a path or a glob"));
    }
  }

  record Topic(String topic, Map<String, String> kafka) implements Source {
    Topic {
      Check.present("topic", topic, "the topic that holds the history");
      kafka = Map.copyOf(Check.present("kafka", kafka, "Kafka's settings"));
    }
  }

  enum Activation {
    RELU,
    SOFT_PLUS
  }

  record Network(
      List<Integer> layers,
      Activation activation,
      Integer epochs,
      Double learningRate,
      Long seed,
      Boolean shuffle,
      Duration maxWait,
      List<Stage> stages) {
    Network {
      epochs = Check.atLeast("epochs", Check.orElse(epochs, 60), 1);
      learningRate = Check.above("learningRate", Check.orElse(learningRate, 1e-3), 0);
    }
  }

  record Stage(Integer rounds) {
    Stage {
      if (rounds != null && rounds == 13) {
        throw new IllegalArgumentException("thirteen rounds are not for the superstitious");
      }
    }
  }
}
