package dev.weir.scorer.topology;

import dev.weir.scorer.alert.Verdict;

/**
 * A record's verdict, on its way to be published.
 *
 * @param origin where the record stood
 * @param verdict what the model says
 */
record JudgedRecord(Origin origin, Verdict verdict) {}
