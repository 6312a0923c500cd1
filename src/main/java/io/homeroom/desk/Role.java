package io.homeroom.desk;

/** What an account may do; which desk it sits at is its offices. */
public enum Role {
    ADMIN("管理员"),
    SECRETARIAT("秘书处"),
    FINANCE("财务"),
    TEACHER("班主任");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** As shown on screen. */
    public String word() {
        return word;
    }

    /** Lower case, as stored and in REST. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
