/** The console in a real browser. */
package dev.weir.cli.browser;
