/** The subcommands of {@code weir benchmark}. */
package dev.weir.benchmarks.command;
