package io.homeroom.till;

import java.util.Arrays;

/** How money came. */
public enum Method {
    WECHAT("wechat", "微信支付"),
    BANK_TRANSFER("bank-transfer", "银行转账"),
    CASH("cash", "现金"),
    CHEQUE("cheque", "支票");

    private final String code;
    private final String word;

    Method(String code, String word) {
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
    public static Method of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No Method is called '" + code + "'"));
    }
}
