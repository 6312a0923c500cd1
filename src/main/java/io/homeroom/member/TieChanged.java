package io.homeroom.member;

/**
 * A WeChat user was tied to a member as its contact, or the tie was cut by the user. Published in the same transaction.
 *
 * @param contact as it is after the act where it was tied, as it was before where it was cut
 */
public record TieChanged(Contact contact, boolean tied) {}
