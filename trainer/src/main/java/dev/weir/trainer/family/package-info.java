/** The model families: how each is fitted, how it scores, and how it becomes a graph. */
package dev.weir.trainer.family;
