package io.homeroom.governance;

/** A body's recess, term or seats were recorded anew. Published in the same transaction. */
public record BodyChanged(BodyState state) {}
