package io.homeroom.till;

import java.util.List;

/**
 * A remittance lacks the word that the bylaws ask for; people match it. Published in the same transaction.
 *
 * @param clauses that ask for the word
 */
public record PaymentUnmatched(Payment payment, List<String> clauses) {}
