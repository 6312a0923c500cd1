package io.homeroom.member;

/**
 * A WeChat user's tie to a member.
 *
 * @param current whether its questions are about this member: the only one, or the chosen one
 */
public record Bound(long memberId, String memberName, long contactId, Role role, boolean current) {}
