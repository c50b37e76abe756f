/** Holds two models against each other on one file. */
package dev.weir.cli.compare;
