package io.homeroom.papers;

import java.util.stream.IntStream;

/** What of a text can stand on paper and in XML. */
final class Texts {

    private Texts() {}

    /** The characters of a text without control characters and halves of characters. */
    static IntStream showable(String text) {
        return text.codePoints()
                .filter(c ->
                        c == '\n' || c == '\t' || (c >= ' ' && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF);
    }
}
