package io.homeroom.till;

import io.homeroom.ground.Refusal;

/** A payment was not booked because the bylaws refuse it; its refund is due. Published in the same transaction. */
public record PaymentRefused(Payment payment, Refusal refusal) {}
