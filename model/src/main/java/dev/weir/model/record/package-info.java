/** From a record's bytes to its fields: paths, values by slot, readers, and typed rejections. */
package dev.weir.model.record;
