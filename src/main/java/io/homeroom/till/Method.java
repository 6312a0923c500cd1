package io.homeroom.till;

import java.util.Arrays;

/** How money came. */
public enum Method {
    WECHAT("wechat"),
    BANK_TRANSFER("bank-transfer"),
    CASH("cash"),
    CHEQUE("cheque");

    private final String code;

    Method(String code) {
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
    public static Method of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No Method is called '" + code + "'"));
    }
}
