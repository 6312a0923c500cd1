package io.homeroom.member;

import java.util.Arrays;
import java.util.function.Function;

/** Words of a closed list by their code. */
final class Codes {

    private Codes() {}

    static <E extends Enum<E>> E find(E[] words, Function<E, String> code, String wanted) {
        return Arrays.stream(words)
                .filter(word -> code.apply(word).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + wanted + "' is none of "
                        + Arrays.stream(words).map(code).toList()));
    }
}
