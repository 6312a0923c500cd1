package io.homeroom.dues;

/** A payment left a member without any open bill. Published in the same transaction. */
public record AllPaid(long member) {}
