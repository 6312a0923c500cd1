package io.homeroom.till;

import java.util.Arrays;

/** How an order is paid. */
public enum Channel {
    /** On a page inside WeChat, by the user with the order's openid. */
    JSAPI("jsapi"),
    /** By scanning a code that anybody may scan. */
    NATIVE("native");

    private final String code;

    Channel(String code) {
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
    public static Channel of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No Channel is called '" + code + "'"));
    }
}
