package dev.weir.trainer.network;

/**
 * A layer of a transformer's encoder after training (Vaswani et al. 2017), normalised before each
 * part rather than after it (Xiong et al. 2020): {@code x + attention(norm(x))}, then {@code x +
 * narrow(gelu(widen(norm(x))))}. All dense layers but {@code widen} are linear.
 *
 * @param before the attention
 * @param queries {@code [h, h]}, the heads one after the other
 * @param keys likewise
 * @param values likewise
 * @param merge of what the heads found, {@code [h, h]}
 * @param between attention and the dense layers
 * @param widen {@code [f, h]}, with GELU
 * @param narrow {@code [h, f]}
 */
public record AttentionLayer(
    Normalization before,
    DenseLayer queries,
    DenseLayer keys,
    DenseLayer values,
    DenseLayer merge,
    Normalization between,
    DenseLayer widen,
    DenseLayer narrow) {}
