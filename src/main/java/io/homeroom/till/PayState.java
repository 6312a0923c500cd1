package io.homeroom.till;

import java.util.Arrays;

/** Where a payment stands. */
public enum PayState {
    /** Booked: it paid bills or stands as credit. */
    SETTLED("settled"),
    /** A remittance without the word that the bylaws ask for; people look at it. */
    UNMATCHED("unmatched"),
    /** Not booked; its refund is due. */
    REFUSED("refused"),
    /** Its refund has been ordered. */
    REFUNDING("refunding"),
    /** The money has gone back. */
    REFUNDED("refunded"),
    /** It never arrived after all, as a cheque that bounced. */
    REVERSED("reversed");

    private final String code;

    PayState(String code) {
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
    public static PayState of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No PayState is called '" + code + "'"));
    }
}
