package io.homeroom.member;

/** For what a contact speaks. */
public enum Role {
    LIAISON("liaison"),
    REPRESENTATIVE("representative"),
    /** A person who is the member. */
    SELF("self");

    private final String code;

    Role(String code) {
        this.code = code;
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
