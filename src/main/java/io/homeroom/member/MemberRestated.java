package io.homeroom.member;

/** The entries of a case were taken back and the member's state derived without them. Published in the same transaction. */
public record MemberRestated(long member, long caseId) {}
