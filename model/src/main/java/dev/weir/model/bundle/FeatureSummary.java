package dev.weir.model.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One feature in the training part, in its own units, and how well the model gives it back on the
 * validation part. What does not exist is null.
 *
 * @param name of the feature
 * @param present how many training rows have a value
 * @param missing how many do not
 * @param mean of the present values
 * @param deviation their standard deviation
 * @param minimum the smallest
 * @param median the middle one
 * @param maximum the largest
 * @param determination R², the share of the validation rows' variance that the model explains; 1 is
 *     all of it, 0 no more than their mean does. Of a category the share of rows that are given
 *     back right
 * @param residualDeviation root of the mean squared difference between actual and expected values
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeatureSummary(
    String name,
    long present,
    long missing,
    Double mean,
    Double deviation,
    Double minimum,
    Double median,
    Double maximum,
    Double determination,
    Double residualDeviation) {}
