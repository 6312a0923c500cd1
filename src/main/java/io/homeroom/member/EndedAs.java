package io.homeroom.member;

/** How a membership ended. */
public enum EndedAs {
    WITHDRAWN("withdrawn", "主动退会"),
    DEEMED_WITHDRAWN("deemed-withdrawn", "视为自动退会"),
    EXPELLED("expelled", "除名"),
    /** After five years of suspension (BACCA-39-b). */
    FORFEITED("forfeited", "暂停期满丧失资格"),
    MERGED("merged", "因合并终止"),
    /** Given up because the employer joined (BACCA-9-a). */
    CONVERTED("converted", "转由单位入会");

    private final String code;
    private final String word;

    EndedAs(String code, String word) {
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

    /**
     * The way of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EndedAs of(String code) {
        return Codes.find(values(), EndedAs::code, code);
    }
}
