package io.homeroom.till;

import java.util.Arrays;

/** Where a refund stands. */
public enum RefundState {
    /** To be paid back; by the gateway where it came through it, else by hand. */
    DUE("due"),
    /** Accepted by the gateway. */
    REQUESTED("requested"),
    /** The money has gone back. */
    DONE("done"),
    /** The gateway could not; people must. */
    FAILED("failed");

    private final String code;

    RefundState(String code) {
        this.code = code;
    }

    /** The code of REST, rehearsals and tables. */
    public String code() {
        return code;
    }

    /**
     * The one with that code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RefundState of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No RefundState is called '" + code + "'"));
    }
}
