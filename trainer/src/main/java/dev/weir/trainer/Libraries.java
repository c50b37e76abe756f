package dev.weir.trainer;

import ai.djl.engine.Engine;
import dev.weir.trainer.network.TorchEngine;
import java.util.Map;
import java.util.TreeMap;

/** The versions of what computes a model. */
final class Libraries {
  private Libraries() {}

  static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", TorchEngine.version());
    versions.put("onnxruntime", Engine.getEngine("OnnxRuntime").getVersion());
    return versions;
  }
}
