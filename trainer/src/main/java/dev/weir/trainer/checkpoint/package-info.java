/** What a run keeps on disk while it trains, to go on from after it was interrupted. */
package dev.weir.trainer.checkpoint;
