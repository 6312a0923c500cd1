package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Temporary media ("上传临时素材"): pictures up to 10 MB, voice 2 MB, video 10 MB, files 20 MB, none under 5 bytes; what is
 * too large or of another kind is refused.
 */
@SandboxPart
public class Media {

    private static final int KEPT = 500;
    private static final int SMALLEST = 5;
    private static final Map<String, Integer> LARGEST =
            Map.of("image", 10 << 20, "voice", 2 << 20, "video", 10 << 20, "file", 20 << 20);
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("filename=\"([^\"]*)\"");

    /** What was uploaded. */
    record Item(String code, String type, String name, int size) {}

    private final Map<String, Item> items = new LinkedHashMap<>();

    ObjectNode upload(SandboxAccount account, WireRequest request) throws CorpError {
        return keep(account.code(), request.parameter("type"), request);
    }

    ObjectNode keep(String owner, String type, WireRequest request) throws CorpError {
        Integer largest = LARGEST.get(type);
        if (largest == null) {
            throw new CorpError(40004, "invalid media type");
        }
        byte[] body = request.body();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Matcher boundary = BOUNDARY.matcher(Objects.requireNonNullElse(request.header("Content-Type"), ""));
        int begins = text.indexOf("\r\n\r\n");
        int ends = boundary.find() ? text.lastIndexOf("\r\n--" + boundary.group(1)) : -1;
        Matcher name = NAME.matcher(begins < 0 ? "" : text.substring(0, begins));
        if (begins < 0 || ends < begins + 4 || !name.find()) {
            throw new CorpError(41005, "media data missing");
        }
        int size = ends - begins - 4;
        String called = new String(name.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        if (size < SMALLEST || size > largest) {
            throw new CorpError(40006, "invalid media size");
        }
        if (type.equals("image") && !called.toLowerCase(Locale.ROOT).matches(".*\\.(jpg|jpeg|png)")) {
            throw new CorpError(40005, "invalid file type");
        }
        String id = "3" + Randoms.token(63);
        synchronized (items) {
            items.put(id, new Item(owner, type, called, size));
            if (items.size() > KEPT) {
                items.remove(items.keySet().iterator().next());
            }
        }
        return WecomServer.ok().put("type", type).put("media_id", id).put("created_at", "0");
    }

    Optional<Item> find(String owner, String id) {
        synchronized (items) {
            return Optional.ofNullable(items.get(id)).filter(item -> item.code().equals(owner));
        }
    }

    /** Looks at what goes with a broadcast, and adds the names of files, for whoever watches. */
    ArrayNode attachments(SandboxAccount account, ArrayNode attachments) throws CorpError {
        for (JsonNode node : attachments) {
            String type = Json.text(node, "msgtype");
            ObjectNode content = Json.child(node, type);
            switch (type) {
                case "image" -> {
                    if (Json.text(content, "pic_url").isEmpty()) {
                        known(account, content, type);
                    }
                }
                case "file", "video" -> known(account, content, type);
                case "link" -> {
                    if (Json.text(content, "url").isEmpty()) {
                        throw CorpError.of(44004);
                    }
                    tooLong(Json.text(content, "title"), "link.title", 128);
                    tooLong(Json.text(content, "desc"), "link.desc", 512);
                }
                case "miniprogram" -> known(account, content, "image");
                default -> throw CorpError.of(40008);
            }
        }
        return attachments;
    }

    private void known(SandboxAccount account, ObjectNode content, String type) throws CorpError {
        String field = content.has("media_id") ? "media_id" : "pic_media_id";
        Item item = find(account.code(), Json.text(content, field))
                .filter(found -> found.type().equals(type))
                .orElseThrow(() -> CorpError.of(40007));
        content.put("name", item.name());
    }

    private static void tooLong(String text, String name, int longest) throws CorpError {
        if (text.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new CorpError(40058, name + " exceed max length " + longest + ". invalid Request Parameter");
        }
    }
}
