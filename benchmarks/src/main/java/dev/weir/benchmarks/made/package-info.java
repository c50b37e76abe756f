/** Made-up records, models that are trained on them, and the folder in which they lie. */
package dev.weir.benchmarks.made;
