package io.homeroom.ground;

import java.util.Locale;

/** 统一社会信用代码, the unified social credit code of GB 32100-2015: 18 characters, the last a check character. */
public final class Uscc {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private Uscc() {}

    /** Upper case, blanks removed: the same unit has the same code however it was typed. */
    public static String normal(String code) {
        return code.replaceAll("[\\s　-]", "").toUpperCase(Locale.ROOT);
    }

    public static boolean isValid(String code) {
        if (code.length() != 18) {
            return false;
        }
        for (int i = 0; i < 18; i++) {
            if (ALPHABET.indexOf(code.charAt(i)) < 0) {
                return false;
            }
        }
        return code.charAt(17) == check(code.substring(0, 17));
    }

    /** The check character for the first 17. */
    public static char check(String first17) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += ALPHABET.indexOf(first17.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
