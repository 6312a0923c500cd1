package io.homeroom.liaison;

/** A member has said on which day it will pay; in the transaction that recorded it. */
public record Promised(Promise promise) {}
