package dev.weir.trainer.export;

import ai.onnx.proto.OnnxMl;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a graph's outputs depend on. A family may write a value that this model makes nothing of,
 * such as the variances of a posterior of which the mean alone is decoded; neither the nodes nor
 * the weights of it go into a bundle.
 */
final class UsedParts {
  private UsedParts() {}

  /** The graph without nodes and initialisers that no output depends on. */
  static OnnxMl.GraphProto of(OnnxMl.GraphProto graph) {
    Set<String> wanted =
        graph.getOutputList().stream()
            .map(OnnxMl.ValueInfoProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    // Nodes stand after those that they depend on.
    List<OnnxMl.NodeProto> nodes = graph.getNodeList();
    Set<Integer> used = new HashSet<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).getOutputList().stream().anyMatch(wanted::contains)) {
        used.add(i);
        wanted.addAll(nodes.get(i).getInputList());
      }
    }
    OnnxMl.GraphProto.Builder kept = graph.toBuilder().clearNode().clearInitializer();
    for (int i = 0; i < nodes.size(); i++) {
      if (used.contains(i)) {
        kept.addNode(nodes.get(i));
      }
    }
    graph.getInitializerList().stream()
        .filter(initializer -> wanted.contains(initializer.getName()))
        .forEach(kept::addInitializer);
    return kept.build();
  }
}
