package io.homeroom.member;

/**
 * A WeChat user's tie to a member.
 *
 * @param member as it stands now
 * @param current whether its questions are about this member: the only one, or the chosen one
 */
public record Bound(Member member, long contactId, boolean current) {

    public long memberId() {
        return member.id();
    }

    public String memberName() {
        return member.name();
    }
}
