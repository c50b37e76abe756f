/** Topics as a person reads them: a stretch of their records, without a group and its offsets. */
package dev.weir.cli.topic;
