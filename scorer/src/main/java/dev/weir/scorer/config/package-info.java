/** What the user can say of a scorer: one record a section of the YAML file. */
package dev.weir.scorer.config;
