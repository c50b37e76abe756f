/** Models that begin with what other models have learned. */
package dev.weir.trainer.transfer;
