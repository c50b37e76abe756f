/** Apicurio's schema registry for integration tests; nothing that Weir ships uses it. */
package dev.weir.apicurio;
