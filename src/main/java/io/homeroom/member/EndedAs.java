package io.homeroom.member;

/** How a membership ended. */
public enum EndedAs {
    WITHDRAWN("withdrawn"),
    DEEMED_WITHDRAWN("deemed-withdrawn"),
    EXPELLED("expelled"),
    /** After five years of suspension (BACCA-39-b). */
    FORFEITED("forfeited"),
    MERGED("merged"),
    /** Given up because the employer joined (BACCA-9-a). */
    CONVERTED("converted");

    private final String code;

    EndedAs(String code) {
        this.code = code;
    }

    /** The code of rulebooks, REST and tables. */
    public String code() {
        return code;
    }

    /**
     * The way of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EndedAs of(String code) {
        return Codes.find(values(), EndedAs::code, code);
    }
}
