package io.homeroom.till;

import java.util.Arrays;

/** Where an order at the gateway stands. */
public enum OrderState {
    /** Reserved here, not yet known to the gateway. */
    CREATED("created"),
    /** Known to the gateway and waiting for the payer. */
    PAYING("paying"),
    /** To be closed at the gateway, because its bill was settled otherwise. */
    CLOSING("closing"),
    /** Money arrived. */
    PAID("paid"),
    /** Closed at the gateway unpaid. */
    CLOSED("closed"),
    /** Closed because its time ran out. */
    EXPIRED("expired");

    private final String code;

    OrderState(String code) {
        this.code = code;
    }

    /** Whether money may still be expected for it. */
    public boolean isOpen() {
        return this == CREATED || this == PAYING || this == CLOSING;
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
    public static OrderState of(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No OrderState is called '" + code + "'"));
    }
}
