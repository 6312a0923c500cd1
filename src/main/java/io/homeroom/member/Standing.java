package io.homeroom.member;

/** Where somebody stands with the association. */
public enum Standing {
    APPLICANT("applicant", "申请中"),
    ACTIVE("active", "正常"),
    SUSPENDED("suspended", "权利暂停"),
    ENDED("ended", "已终止"),
    /** Never a member, or rejected. */
    NONE("none", "非会员");

    private final String code;
    private final String word;

    Standing(String code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As shown on screen. */
    public String word() {
        return word;
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
