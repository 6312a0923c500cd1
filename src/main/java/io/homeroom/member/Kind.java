package io.homeroom.member;

/** Whether a member is a unit or a person. */
public enum Kind {
    UNIT("unit"),
    INDIVIDUAL("individual");

    private final String code;

    Kind(String code) {
        this.code = code;
    }

    /** The code of rulebooks, REST and tables. */
    public String code() {
        return code;
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(String code) {
        return Codes.find(values(), Kind::code, code);
    }
}
