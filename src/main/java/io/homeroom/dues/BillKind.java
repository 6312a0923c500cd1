package io.homeroom.dues;

import java.util.Arrays;

/** What a bill is for. */
public enum BillKind {
    /** The fee of one calendar year. */
    ANNUAL("annual"),
    /** The difference to a higher grade for the rest of a year. */
    TOP_UP("top-up"),
    /** The fees of several years up to the end of the council term. */
    TERM("term");

    private final String code;

    BillKind(String code) {
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
    public static BillKind of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No BillKind is called '" + code + "'"));
    }
}
