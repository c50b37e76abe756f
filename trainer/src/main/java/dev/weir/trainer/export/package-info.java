/** From a fitted model to an ONNX graph, and the proof that both compute the same. */
package dev.weir.trainer.export;
