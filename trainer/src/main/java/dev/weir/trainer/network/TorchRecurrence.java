package dev.weir.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import dev.weir.trainer.network.RecurrentLayer.Cell;

/** A fitted recurrent layer in PyTorch, step by step. */
final class TorchRecurrence {
  private final RecurrentLayer layer;

  TorchRecurrence(RecurrentLayer layer) {
    this.layer = layer;
  }

  /**
   * The states after each row.
   *
   * @param rows {@code [n, w, in]}; its manager gets what is made
   * @return {@code [n, w, units]}
   */
  NDArray forward(NDArray rows) {
    NDManager scope = rows.getManager();
    int gates = layer.inputBias().length;
    NDArray stateWeights = scope.create(layer.stateWeights(), new Shape(gates, layer.units()));
    NDArray stateBias = scope.create(layer.stateBias());
    NDArray inputs =
        Linear.linear(
                rows,
                scope.create(layer.inputWeights(), new Shape(gates, layer.inputs())),
                scope.create(layer.inputBias()))
            .head();
    NDArray state = scope.zeros(new Shape(rows.getShape().get(0), layer.units()));
    NDArray cell = state;
    NDList states = new NDList();
    for (int t = 0; t < rows.getShape().get(1); t++) {
      NDArray input = inputs.get(new NDIndex().addAllDim().addIndices(t));
      NDArray recalled = Linear.linear(state, stateWeights, stateBias).head();
      if (layer.cell() == Cell.LSTM) {
        NDArray sum = input.add(recalled);
        NDArray kept = Activation.sigmoid(gate(sum, 1)).mul(cell);
        NDArray taken = Activation.sigmoid(gate(sum, 0)).mul(Activation.tanh(gate(sum, 2)));
        cell = kept.add(taken);
        state = Activation.sigmoid(gate(sum, 3)).mul(Activation.tanh(cell));
      } else {
        NDArray reset = Activation.sigmoid(gate(input, 0).add(gate(recalled, 0)));
        NDArray update = Activation.sigmoid(gate(input, 1).add(gate(recalled, 1)));
        NDArray fresh = Activation.tanh(gate(input, 2).add(reset.mul(gate(recalled, 2))));
        state = fresh.add(update.mul(state.sub(fresh)));
      }
      states.add(state.expandDims(1));
    }
    return NDArrays.concat(states, 1);
  }

  /** One gate's numbers for all units. */
  private NDArray gate(NDArray sums, int gate) {
    long first = (long) gate * layer.units();
    return sums.get(new NDIndex().addAllDim().addSliceDim(first, first + layer.units()));
  }
}
