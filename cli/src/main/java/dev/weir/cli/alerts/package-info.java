/** Alerts in the terminal. */
package dev.weir.cli.alerts;
