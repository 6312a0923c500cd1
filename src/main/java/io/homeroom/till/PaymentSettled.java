package io.homeroom.till;

import java.util.List;

/**
 * A payment was booked. Published in the same transaction.
 *
 * @param bills ids of the bills that it went to, oldest first; the rest of it is credit
 */
public record PaymentSettled(Payment payment, List<Long> bills) {}
