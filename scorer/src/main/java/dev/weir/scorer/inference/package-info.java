/** From rows of features to scores; knows ONNX Runtime through DJL, and nothing of Kafka. */
package dev.weir.scorer.inference;
