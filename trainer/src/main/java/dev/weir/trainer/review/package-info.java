/**
 * Looks back at a training: what the model gives back well, what it finds odd, how it sees rows.
 */
package dev.weir.trainer.review;
