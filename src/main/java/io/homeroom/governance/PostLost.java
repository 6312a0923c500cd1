package io.homeroom.governance;

/**
 * A member has lost or given up a post. Published in the transaction in which that takes effect: for what was recorded with a
 * day ahead, on that day.
 */
public record PostLost(long member, String post) {}
