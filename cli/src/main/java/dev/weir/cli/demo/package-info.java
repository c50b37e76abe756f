/** The demo: broker, history, training, scorer and a stream with known faults, in one process. */
package dev.weir.cli.demo;
