package io.homeroom.member;

/** For what a contact speaks. */
public enum Role {
    LIAISON("liaison", "联络员"),
    REPRESENTATIVE("representative", "代表"),
    /** A person who is the member. */
    SELF("self", "本人");

    private final String code;
    private final String word;

    Role(String code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As shown on screen. */
    public String word() {
        return word;
    }

    /** The code of REST and tables. */
    public String code() {
        return code;
    }

    /**
     * The role of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role of(String code) {
        return Codes.find(values(), Role::code, code);
    }
}
