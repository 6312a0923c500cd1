package io.homeroom.dues;

/** What a member owes may have changed: money came or went back, or a bill was cut or withdrawn. In the same transaction. */
public record DebtChanged(long member) {}
