/** From raw encoded rows to the numbers that a network sees. */
package dev.weir.trainer.preprocessing;
