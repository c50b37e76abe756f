package dev.weir.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.weir.trainer.data.TimeSplit;
import dev.weir.trainer.family.Fits;
import dev.weir.trainer.family.FittedModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph holds and does not use is weight for nothing, and ONNX Runtime warns of it. */
class UsedInitializersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "family=pca",
        "family=pca window=3",
        "family=autoencoder epochs=1",
        "family=autoencoder epochs=1 window=3",
        "family=autoencoder epochs=1 residuals=scaled",
        "family=autoencoder epochs=1 residuals=whitened window=3",
        "family=vae epochs=1",
        "family=vae epochs=1 score=elbo window=3",
        "family=vae epochs=1 score=reconstructionProbability",
        "family=som epochs=2",
        "family=som epochs=2 normalize=cell window=3",
        "family=lstm-autoencoder epochs=1 window=3",
        "family=gru-autoencoder epochs=1 window=3",
        "family=transformer-autoencoder epochs=1 window=3",
        "family=ensemble members=[{family:_pca},{family:_som}]",
        "family=ensemble combine=minimum members=[{family:_pca},{family:_som}]",
        "family=ensemble combine=mean members=[{family:_pca},{family:_som,window:_3}]"
      })
  void shouldHoldNothingThatNoNodeUses(String settings) throws InvalidProtocolBufferException {
    // Given
    String[] keys =
        Stream.of(settings.split(" ")).map(key -> key.replace('_', ' ')).toArray(String[]::new);
    boolean window = settings.contains("window");
    for (TimeSplit split : List.of(Fits.difficult(window ? 3 : 1), Fits.mixed(window ? 3 : 1))) {
      FittedModel model =
          split.training().width() == 8 ? Fits.fit(split, keys) : Fits.fitMixed(split, keys);

      // When
      OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(model.export().bytes()).getGraph();

      // Then
      Set<String> used =
          graph.getNodeList().stream()
              .flatMap(node -> node.getInputList().stream())
              .collect(Collectors.toSet());
      graph.getOutputList().forEach(output -> used.add(output.getName()));
      assertThat(graph.getInitializerList().stream().map(OnnxMl.TensorProto::getName))
          .isNotEmpty()
          .isSubsetOf(used);
      assertThat(graph.getNodeList())
          .allMatch(node -> node.getOutputList().stream().anyMatch(used::contains));
    }
  }
}
