package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Group robots ("群机器人"): no access token, a key in the address; lengths count UTF-8 bytes; 20 messages a minute for
 * each robot.
 */
@SandboxPart
public class Robots {

    private static final int TEXT = 2048;
    private static final int MARKDOWN = 4096;
    private static final int IMAGE = 2 * 1024 * 1024;
    private static final String SENDER = "机器人";

    private record Shown(String kind, String text, Map<String, Object> data) {}

    private final Walls walls;
    private final Media media;

    public Robots(Walls walls, Media media) {
        this.walls = walls;
        this.media = media;
    }

    ObjectNode send(String key, ObjectNode body) throws CorpError {
        Wall wall = walls.byRobotKey(key).orElseThrow(() -> CorpError.of(93000));
        Shown shown = shown(key, body);
        if (!walls.mayWrite(wall)) {
            throw CorpError.of(45009);
        }
        walls.write(wall, SENDER, shown.kind(), shown.text(), shown.data());
        return WecomServer.ok();
    }

    ObjectNode upload(WireRequest request) throws CorpError {
        String type = request.parameter("type");
        String key = request.parameter("key");
        if (walls.byRobotKey(key).isEmpty()) {
            throw CorpError.of(93000);
        }
        if (!type.equals("file") && !type.equals("voice")) {
            throw new CorpError(40004, "invalid media type");
        }
        return media.keep(key, type, request);
    }

    private Shown shown(String key, ObjectNode body) throws CorpError {
        String type = Json.text(body, "msgtype");
        JsonNode content = Json.child(body, type);
        return switch (type) {
            case "text" -> text(content);
            case "markdown" -> new Shown(type, checked(content, type, "content", MARKDOWN), Map.of());
            case "markdown_v2" -> new Shown("markdown", checked(content, type, "content", MARKDOWN), Map.of());
            case "image" -> image(content);
            case "news" -> news(content);
            case "file", "voice" -> file(key, type, content);
            case "template_card" -> card(content);
            default -> throw CorpError.of(40008);
        };
    }

    private static Shown text(JsonNode content) throws CorpError {
        List<String> mentioned = new ArrayList<>();
        Json.list(content, "mentioned_list").forEach(name -> mentioned.add(name.asString()));
        Json.list(content, "mentioned_mobile_list").forEach(name -> mentioned.add(name.asString()));
        return new Shown(
                "text", checked(content, "text", "content", TEXT), Map.of("mentioned", List.copyOf(mentioned)));
    }

    private static Shown image(JsonNode content) throws CorpError {
        byte[] picture;
        try {
            picture = Base64.getDecoder().decode(Json.text(content, "base64"));
            String md5 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(picture));
            if (!md5.equalsIgnoreCase(Json.text(content, "md5"))) {
                throw new CorpError(301019, "media md5 not match");
            }
        } catch (IllegalArgumentException e) {
            throw new CorpError(301019, "media md5 not match");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        if (picture.length == 0 || picture.length > IMAGE) {
            throw new CorpError(40009, "invalid image size");
        }
        return new Shown("image", "[图片]", Map.of("base64", Json.text(content, "base64")));
    }

    private static Shown news(JsonNode content) throws CorpError {
        ArrayNode articles = Json.list(content, "articles");
        if (articles.isEmpty() || articles.size() > 8) {
            throw new CorpError(40058, "news.articles size must be 1 to 8. invalid Request Parameter");
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        for (JsonNode article : articles) {
            checked(article, "news", "title", 128);
            tooLong(Json.text(article, "description"), "news.description", 512);
            shown.add(Map.of(
                    "title", Json.text(article, "title"),
                    "description", Json.text(article, "description"),
                    "picUrl", Json.text(article, "picurl"),
                    "url", Json.text(article, "url")));
        }
        return new Shown("news", String.valueOf(shown.get(0).get("title")), Map.of("articles", shown));
    }

    private Shown file(String key, String type, JsonNode content) throws CorpError {
        String id = Json.text(content, "media_id");
        Media.Item item = media.find(key, id).orElseThrow(() -> CorpError.of(40007));
        return new Shown(
                type, type.equals("file") ? "[文件] " + item.name() : "[语音]", Map.of("mediaId", id, "name", item.name()));
    }

    private static Shown card(JsonNode content) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("card", content);
        return new Shown("template-card", Json.text(Json.child(content, "main_title"), "title"), data);
    }

    private static String checked(JsonNode content, String type, String field, int longest) throws CorpError {
        String text = Json.text(content, field);
        if (text.isEmpty()) {
            throw CorpError.of(44004);
        }
        tooLong(text, type + "." + field, longest);
        return text;
    }

    private static void tooLong(String text, String name, int longest) throws CorpError {
        if (text.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new CorpError(40058, name + " exceed max length " + longest + ". invalid Request Parameter");
        }
    }
}
