package io.homeroom.governance;

/** A member lost or gave up a post. Published in the same transaction. */
public record PostLost(long member, String post) {}
