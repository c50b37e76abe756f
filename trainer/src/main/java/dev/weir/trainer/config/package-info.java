/** What the user can say of a training: one record a section of the YAML file. */
package dev.weir.trainer.config;
