package io.homeroom.liaison;

/** The day of a promise has passed and something is still owed; in the transaction that found it. */
public record PromiseBroken(Promise promise) {}
