package io.homeroom.till;

/** Money is to go back; by hand if {@link Refund#byHand}. Published in the same transaction. */
public record RefundDue(Refund refund) {}
