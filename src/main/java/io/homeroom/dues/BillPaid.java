package io.homeroom.dues;

/** A bill was settled in full. Published in the same transaction. */
public record BillPaid(Bill bill) {}
