package io.homeroom.member;

import java.util.Locale;

/**
 * What a ledger entry says. The keys of {@link Entry#data} that an entry of this kind uses stand beside it; others are
 * kept and have no effect on the state.
 */
public enum EntryKind {
    /** {@code name kind grade}, all optional. */
    APPLIED,
    /** The application failed. */
    REJECTED,
    /** {@code grade since}, optional. */
    JOINED,
    /** {@code grade}; {@code since} where tenure runs from another day. */
    GRADE,
    /** {@code post}. */
    POST_GAINED,
    /** {@code post}. */
    POST_LOST,
    /** {@code number}, optional. */
    NUMBER_GIVEN,
    NUMBER_VOID,
    /** {@code until}, its last day, optional. */
    SUSPENDED,
    RESTORED,
    /** {@code sanction}; {@code until}, its last day, optional. */
    SANCTIONED,
    /** {@code as}, a code of {@link EndedAs}. */
    ENDED,
    /** The end was announced. */
    ANNOUNCED,
    /** {@code teacher}, a staff id; empty for none. */
    TEACHER,
    /** {@code employer}, a member id; empty for none. */
    EMPLOYER,
    /** Any fields; {@code name}, {@code kind} and {@code branch} are the member's own, the rest goes to its data. */
    DATA,
    /** Put on the list of dishonest debtors; {@code until}, its last day there, optional. */
    LISTED,
    /** Removed from it. */
    DELISTED,
    /** {@code kind}, {@code until}. */
    REGISTERED,
    /** {@code with}, the member absorbed. */
    MERGED,
    /** {@code into}. */
    SPLIT;

    /** The code of REST and tables: {@code post-gained}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EntryKind of(String code) {
        return Codes.find(values(), EntryKind::code, code);
    }
}
