package io.homeroom.wechat;

import io.homeroom.chat.Reply;
import io.homeroom.chat.Suggestion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a person can say next, as links in a text message that send it when touched. */
final class Suggestions {

    private Suggestions() {}

    /** The reply as one text with a last line of links. */
    static String withLinks(Reply reply) {
        if (reply.suggestions().isEmpty()) {
            return reply.text();
        }
        String last = IntStream.range(0, reply.suggestions().size())
                .mapToObj(i -> link(i + 1, reply.suggestions().get(i)))
                .collect(Collectors.joining(" · ", "回复", ""));
        return reply.text().isEmpty() ? last : reply.text() + "\n" + last;
    }

    private static String link(int number, Suggestion suggestion) {
        String word = suggestion.word();
        return "「<a href=\"weixin://bizmsgmenu?msgmenucontent=" + address(word) + "&msgmenuid=" + number + "\">" + word
                + "</a>」" + suggestion.label();
    }

    /** WeChat takes Chinese as it is; what would end the address or the attribute is encoded. */
    private static String address(String word) {
        StringBuilder address = new StringBuilder();
        word.codePoints().forEach(c -> {
            if (isPlain(c)) {
                address.appendCodePoint(c);
            } else {
                address.append(URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
            }
        });
        return address.toString();
    }

    private static boolean isPlain(int c) {
        return c < 128 ? Character.isLetterOrDigit(c) : Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}
