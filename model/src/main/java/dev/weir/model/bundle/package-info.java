/** The model bundle: the one contract between trainer and scorer. */
package dev.weir.model.bundle;
