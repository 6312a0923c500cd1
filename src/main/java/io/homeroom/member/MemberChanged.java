package io.homeroom.member;

/**
 * A ledger entry was recorded, or an entry dated ahead has come into effect. Published in the transaction that does it.
 */
public record MemberChanged(long member, Entry entry) {}
