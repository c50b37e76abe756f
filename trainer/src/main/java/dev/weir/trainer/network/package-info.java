/** The networks: their layers and what is before them, trained with DJL's PyTorch engine. */
package dev.weir.trainer.network;
