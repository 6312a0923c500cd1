package io.homeroom.till;

/**
 * Something about money that finance must look at. Published once for each occasion, in the transaction that notes it.
 *
 * @param kind {@code amount currency merchant unknown-order twice refund}
 * @param text what happened, in Chinese, without personal data
 */
public record MoneyAlert(String kind, String text) {}
