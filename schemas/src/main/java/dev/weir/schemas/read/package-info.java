/** Readers of records whose schemas are in a schema registry. */
package dev.weir.schemas.read;
