package io.homeroom.till;

import java.util.Arrays;

/** Where a payment stands. */
public enum PayState {
    /** Booked: it paid bills or stands as credit. */
    SETTLED("settled", "已到账"),
    /** A remittance without the word that the bylaws ask for; people look at it. */
    UNMATCHED("unmatched", "待认领"),
    /** Not booked; its refund is due. */
    REFUSED("refused", "未入账"),
    /** Its refund has been ordered. */
    REFUNDING("refunding", "退款中"),
    /** The money has gone back. */
    REFUNDED("refunded", "已退款"),
    /** It never arrived after all, as a cheque that bounced. */
    REVERSED("reversed", "已冲销");

    private final String code;
    private final String word;

    PayState(String code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As shown on screen. */
    public String word() {
        return word;
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
