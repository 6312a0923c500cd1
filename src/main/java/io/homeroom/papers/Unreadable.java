package io.homeroom.papers;

/** A file that cannot be taken as a workbook: not one, broken, or more than may be in one. */
public class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do, in Chinese */
    Unreadable(String message) {
        super(message);
    }

    /** The sentence for whoever sent the file. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
