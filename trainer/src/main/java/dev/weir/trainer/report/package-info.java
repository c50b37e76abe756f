/** What a person looks at before trusting a model. */
package dev.weir.trainer.report;
