package io.homeroom.till;

/** Money has gone back. Published in the same transaction. */
public record RefundDone(Refund refund) {}
