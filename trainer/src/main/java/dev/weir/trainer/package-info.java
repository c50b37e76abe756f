/** The offline trainer: history in, model bundle out. */
package dev.weir.trainer;
