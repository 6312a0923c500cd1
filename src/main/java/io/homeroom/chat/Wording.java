package io.homeroom.chat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings what was typed or spoken into a form that can be compared: one width, one script, no noise. */
final class Wording {

    /** WeChat sends its own faces as names in brackets. */
    private static final Pattern FACE =
            Pattern.compile("\\[[\\p{IsHan}A-Za-z]{1,8}]|【[\\p{IsHan}]{1,4}】|/:[^\\s\\p{IsHan}]{1,6}");

    private static final Pattern CHOICE = Pattern.compile("(?:我?选|选择|第|回复)*([0-9一二三四五六七八九两])(?:个|项|条|号|家|吧|啊|的)*");
    private static final String DIGITS = "零一二三四五六七八九";

    private final List<String> fillers;
    private final Map<Integer, Integer> simplified;
    private final Map<Integer, Integer> sounds;

    Wording(Lexicon lexicon) {
        this.fillers = lexicon.fillers();
        this.simplified = lexicon.simplified();
        this.sounds = lexicon.sounds();
    }

    /** Letters, digits and Han characters only, half-width, lower case, simplified; never longer than 200. */
    String letters(String heard) {
        String faceless = FACE.matcher(heard).replaceAll("");
        String even = Normalizer.normalize(faceless, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        StringBuilder plain = new StringBuilder();
        even.codePoints()
                .filter(Character::isLetterOrDigit)
                .limit(200)
                .map(c -> simplified.getOrDefault(c, c))
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** {@link #letters} without what is said out of politeness or hesitation, unless nothing else was said. */
    String plain(String heard) {
        String letters = letters(heard);
        String rest = unfilled(letters);
        return rest.isEmpty() ? letters : rest;
    }

    /** Nothing is said but politeness or hesitation. */
    boolean mere(String heard) {
        return unfilled(letters(heard)).isEmpty();
    }

    private String unfilled(String letters) {
        String rest = letters;
        for (String filler : fillers) {
            rest = rest.replace(filler, "");
        }
        return rest;
    }

    /** A plain text with characters of like sound made alike. */
    String sounded(String plain) {
        StringBuilder sounded = new StringBuilder(plain.length());
        plain.codePoints().map(c -> sounds.getOrDefault(c, c)).forEach(sounded::appendCodePoint);
        return sounded.toString();
    }

    /** The number that was chosen, as 2, ２, 二, 第二个, 选2; 1 or more. */
    OptionalInt choice(String heard) {
        Matcher matcher = CHOICE.matcher(letters(heard));
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        char said = matcher.group(1).charAt(0);
        int number = said == '两' ? 2 : Character.isDigit(said) ? said - '0' : DIGITS.indexOf(said);
        return number < 1 ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
