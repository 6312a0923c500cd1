package io.homeroom.member;

/** Where somebody stands with the association. */
public enum Standing {
    APPLICANT("applicant"),
    ACTIVE("active"),
    SUSPENDED("suspended"),
    ENDED("ended"),
    /** Never a member, or rejected. */
    NONE("none");

    private final String code;

    Standing(String code) {
        this.code = code;
    }

    /** The code of rulebooks, REST and tables. */
    public String code() {
        return code;
    }

    /** Whether this is a member, be its rights at rest or not. */
    public boolean belongs() {
        return this == ACTIVE || this == SUSPENDED;
    }

    /**
     * The standing of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Standing of(String code) {
        return Codes.find(values(), Standing::code, code);
    }
}
