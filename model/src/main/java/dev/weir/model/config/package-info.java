/** From a YAML file and {@code --set} options to a config record, with errors that name the key. */
package dev.weir.model.config;
