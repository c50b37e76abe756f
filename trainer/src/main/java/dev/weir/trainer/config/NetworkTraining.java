package dev.weir.trainer.config;

/**
 * How a network is trained, whatever its family.
 *
 * @param epochs passes over the training rows, at most
 * @param batchSize rows a gradient step
 * @param learningRate of Adam, at the start; it falls along a cosine to a hundredth
 * @param weightDecay what is added to a weight's gradient, for each unit of the weight
 * @param patience epochs without a better validation loss after which training stops
 * @param seed of initialisation, shuffling and all that is random in a family's loss
 */
public record NetworkTraining(
    int epochs, int batchSize, double learningRate, double weightDecay, int patience, long seed) {}
