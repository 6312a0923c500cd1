package io.homeroom.member;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Readings of Chinese names. ICU knows one reading of each character; those that names of units often read otherwise have
 * a second one here. Sounds that people mix up when they type ({@code zh z}, {@code ng n} …) are made one.
 */
final class Pinyin {

    /** Second readings, as in 重庆, 银行, 长江, 厦门, 音乐, 曾. */
    private static final Map<Integer, String> ALSO = Map.ofEntries(
            Map.entry((int) '长', "chang"),
            Map.entry((int) '行', "hang"),
            Map.entry((int) '厦', "xia"),
            Map.entry((int) '重', "zhong"),
            Map.entry((int) '乐', "yue"),
            Map.entry((int) '朝', "zhao"),
            Map.entry((int) '曾', "zeng"),
            Map.entry((int) '传', "zhuan"),
            Map.entry((int) '都', "du"),
            Map.entry((int) '会', "kuai"),
            Map.entry((int) '单', "shan"),
            Map.entry((int) '盛', "cheng"),
            Map.entry((int) '解', "xie"),
            Map.entry((int) '区', "ou"),
            Map.entry((int) '调', "diao"),
            Map.entry((int) '藏', "zang"),
            Map.entry((int) '系', "ji"),
            Map.entry((int) '参', "shen"),
            Map.entry((int) '卡', "qia"),
            Map.entry((int) '尉', "yu"));

    private static final Map<Integer, String> READ = new ConcurrentHashMap<>();

    /** Its rules take a second to read, so only whoever needs it waits. */
    private static final class Icu {
        private static final Transliterator HAN = Transliterator.getInstance("Han-Latin; Latin-ASCII; Lower");
    }

    private Pinyin() {}

    /** How a name sounds, folded; a second reading follows after a bar where there is one. */
    static String sound(String name) {
        String first = read(name, false);
        String second = read(name, true);
        return first.equals(second) ? first : first + "|" + second;
    }

    /** First letters of the readings; letters and digits stand for themselves. */
    static String initials(String name) {
        String first = initials(name, false);
        String second = initials(name, true);
        return first.equals(second) ? first : first + "|" + second;
    }

    /** Letters, digits and characters only, half-width, lower case. */
    static String letters(String text) {
        StringBuilder letters = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .limit(200)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** Latin letters as they are compared. */
    static String folded(String latin) {
        return latin.replace('v', 'u')
                .replace("zh", "z")
                .replace("ch", "c")
                .replace("sh", "s")
                .replace("ng", "n");
    }

    static boolean hasHan(String text) {
        return text.codePoints().anyMatch(Pinyin::isHan);
    }

    private static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    private static String read(String name, boolean second) {
        StringBuilder sound = new StringBuilder();
        letters(name).codePoints().forEach(c -> sound.append(folded(reading(c, second))));
        return sound.toString();
    }

    private static String initials(String name, boolean second) {
        StringBuilder initials = new StringBuilder();
        letters(name).codePoints().forEach(c -> initials.append(reading(c, second), 0, 1));
        return initials.toString();
    }

    private static String reading(int c, boolean second) {
        if (!isHan(c)) {
            return Character.toString(c);
        }
        String also = second ? ALSO.get(c) : null;
        return also != null ? also : READ.computeIfAbsent(c, Pinyin::ask);
    }

    private static String ask(int c) {
        String latin = Icu.HAN.transliterate(Character.toString(c)).replaceAll("[^a-z]", "");
        // A character that ICU cannot read stands for itself.
        return latin.isEmpty() ? Character.toString(c) : latin;
    }
}
