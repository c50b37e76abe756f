package dev.weir.scorer.alert;

import dev.weir.model.bundle.AlertThreshold;

/**
 * Which model judged, and from where on it alerts.
 *
 * @param name from its manifest
 * @param version from its manifest
 * @param family from its manifest
 * @param threshold the score and the rate that it stands for
 */
public record ModelIdentity(String name, String version, String family, AlertThreshold threshold) {}
