package io.homeroom.ground;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts cut to what one message of WeChat holds: 2048 bytes of UTF-8, at ends of lines where there are any. */
public final class Parts {

    /** Longest text of a message of the official account, of the WeCom app and of a robot. */
    public static final int MOST = 2048;

    private Parts() {}

    /** Whether one message of {@link #MOST} bytes holds it. */
    public static boolean fits(String text) {
        return text.length() <= MOST / 3 || bytes(text) <= MOST;
    }

    /** The first message's worth. */
    public static String first(String text) {
        return fits(text) ? text : of(text, MOST).get(0);
    }

    /** All that follows the first. */
    public static List<String> rest(String text) {
        List<String> parts = of(text, MOST);
        return parts.subList(1, parts.size());
    }

    /** The text in pieces of at most so many bytes; at least one piece. */
    public static List<String> of(String text, int most) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int size = 0;
        for (String line : text.split("\n", -1)) {
            int length = bytes(line);
            if (!part.isEmpty() && size + 1 + length > most) {
                parts.add(part.toString());
                part.setLength(0);
                size = 0;
            }
            if (!part.isEmpty()) {
                part.append('\n');
                size++;
            }
            for (int at = 0; at < line.length(); ) {
                int c = line.codePointAt(at);
                int width = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                if (size + width > most) {
                    int end = sentence(part);
                    String rest = part.substring(end);
                    parts.add(part.substring(0, end));
                    part.setLength(0);
                    part.append(rest);
                    size = bytes(rest);
                }
                part.appendCodePoint(c);
                size += width;
                at += Character.charCount(c);
            }
        }
        if (!part.isEmpty() || parts.isEmpty()) {
            parts.add(part.toString());
        }
        return List.copyOf(parts);
    }

    /** Where to cut: behind the last sentence, unless it would leave less than half; else at the very end. */
    private static int sentence(CharSequence part) {
        for (int at = part.length(); at > part.length() / 2; at--) {
            if ("。！？；.!?;\n".indexOf(part.charAt(at - 1)) >= 0) {
                return at;
            }
        }
        return part.length();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
