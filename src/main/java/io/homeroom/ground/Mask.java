package io.homeroom.ground;

/** Personal data as it may be shown: enough to recognise, not enough to use. */
public final class Mask {

    private Mask() {}

    /** {@code 13612342001} becomes {@code 136****2001}. */
    public static String phone(String phone) {
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }

    /** First and last characters of an identity number or code, the rest starred. */
    public static String id(String id) {
        return id.length() < 8
                ? "****"
                : id.substring(0, 3) + "*".repeat(id.length() - 7) + id.substring(id.length() - 4);
    }
}
