package io.homeroom.dues;

import java.util.Arrays;

/** Where a bill stands. */
public enum BillState {
    /** Something is owed on it. */
    OPEN("open"),
    /** Settled in full. */
    PAID("paid"),
    /** Withdrawn: it need not be paid and counts nowhere. */
    CANCELLED("cancelled");

    private final String code;

    BillState(String code) {
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
    public static BillState of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No BillState is called '" + code + "'"));
    }
}
