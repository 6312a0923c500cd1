package io.homeroom.sandbox.phone;

import io.homeroom.sandbox.wire.Xml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A passive reply as a phone shows it.
 *
 * @param kind as in {@link PhoneMessage}
 * @param text what a reader sees
 * @param data the rest
 */
record PassiveReply(String kind, String text, Map<String, Object> data) {

    private static final int LONGEST_TEXT = 2048;

    /** A reply that WeChat does not show, because of what is wrong with it. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    /**
     * Checks the envelope and reads the types of the official documentation ("被动回复用户消息").
     *
     * @param from name the reply must bear as its sender
     * @param to name of the receiver
     */
    static PassiveReply of(Xml.Tree xml, String from, String to) throws Malformed {
        if (!xml.textOrEmpty("FromUserName").equals(from)
                || !xml.textOrEmpty("ToUserName").equals(to)) {
            throw new Malformed("ToUserName and FromUserName are not those of the push, exchanged");
        }
        if (!xml.textOrEmpty("CreateTime").matches("\\d{10}")) {
            throw new Malformed("CreateTime is missing");
        }
        String type = xml.textOrEmpty("MsgType");
        return switch (type) {
            case "text" -> text(xml.textOrEmpty("Content"));
            case "image" -> media(xml, "image", "Image", "[图片]");
            case "voice" -> media(xml, "voice", "Voice", "[语音]");
            case "video" -> media(xml, "video", "Video", "[视频]");
            case "music" -> media(xml, "music", "Music", "[音乐]");
            case "news" -> news(xml);
            case "transfer_customer_service" -> new PassiveReply("event", "已转接人工客服", Map.of());
            default -> throw new Malformed("MsgType " + type);
        };
    }

    private static PassiveReply text(String content) throws Malformed {
        if (content.isEmpty()) {
            throw new Malformed("Content is empty");
        }
        if (content.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            throw new Malformed("Content is longer than 2048 bytes");
        }
        return new PassiveReply("text", content, Map.of());
    }

    private static PassiveReply media(Xml.Tree xml, String kind, String element, String text) throws Malformed {
        List<Xml.Tree> found = xml.children(element);
        if (found.isEmpty()) {
            throw new Malformed(element + " is missing");
        }
        Map<String, Object> data = new LinkedHashMap<>();
        for (String field : List.of("MediaId", "Title", "Description", "MusicUrl", "HQMusicUrl", "ThumbMediaId")) {
            String value = found.get(0).text(field);
            if (value != null) {
                data.put(field, value);
            }
        }
        return new PassiveReply(kind, text, data);
    }

    private static PassiveReply news(Xml.Tree xml) throws Malformed {
        List<Map<String, Object>> articles = new ArrayList<>();
        for (Xml.Tree list : xml.children("Articles")) {
            for (Xml.Tree item : list.children("item")) {
                articles.add(Map.of(
                        "title", item.textOrEmpty("Title"),
                        "description", item.textOrEmpty("Description"),
                        "picUrl", item.textOrEmpty("PicUrl"),
                        "url", item.textOrEmpty("Url")));
            }
        }
        if (articles.isEmpty() || !xml.textOrEmpty("ArticleCount").equals(Integer.toString(articles.size()))) {
            throw new Malformed("ArticleCount does not fit");
        }
        if (articles.size() > 8) {
            throw new Malformed("more than 8 articles");
        }
        return new PassiveReply("news", String.valueOf(articles.get(0).get("title")), Map.of("articles", articles));
    }
}
