/**
 * A made-up fleet of web servers for the demo: what they report while all is well, and what faults
 * make of it. It knows neither Kafka nor models.
 */
package dev.weir.cli.demo.fleet;
