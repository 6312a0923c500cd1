package io.homeroom.sandbox.weixin;

import io.homeroom.sandbox.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What WeChat checks of a menu ("创建自定义菜单"). */
final class Menus {

    private static final Set<String> KEYED = Set.of(
            "click",
            "scancode_push",
            "scancode_waitmsg",
            "pic_sysphoto",
            "pic_photo_or_album",
            "pic_weixin",
            "location_select");
    private static final Set<String> MEDIA = Set.of("media_id", "view_limited", "article_id", "article_view_limited");

    private Menus() {}

    static ObjectNode checked(ObjectNode menu) throws ApiError {
        ArrayNode buttons = Json.list(menu, "button");
        if (buttons.isEmpty() || buttons.size() > 3) {
            throw new ApiError(40016, "invalid button size");
        }
        for (JsonNode button : buttons) {
            name(button, 16, 40018, "invalid button name size");
            ArrayNode below = Json.list(button, "sub_button");
            if (below.isEmpty()) {
                button(button);
                continue;
            }
            if (below.size() > 5) {
                throw new ApiError(40023, "invalid sub button size");
            }
            for (JsonNode inner : below) {
                name(inner, 60, 40025, "invalid sub button name size");
                button(inner);
            }
        }
        ObjectNode kept = Json.object();
        kept.set("button", buttons);
        return kept;
    }

    private static void name(JsonNode button, int bytes, int code, String message) throws ApiError {
        String name = Json.text(button, "name");
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw new ApiError(code, message);
        }
    }

    private static void button(JsonNode button) throws ApiError {
        String type = Json.text(button, "type");
        if (KEYED.contains(type)) {
            if (Json.text(button, "key").isEmpty()) {
                throw new ApiError(40019, "invalid button key size");
            }
            if (Json.text(button, "key").getBytes(StandardCharsets.UTF_8).length > 128) {
                throw new ApiError(40019, "invalid button key size");
            }
        } else if (type.equals("view") || type.equals("miniprogram")) {
            String url = Json.text(button, "url");
            if (!url.startsWith("http://") && !url.startsWith("https://")) {
                throw new ApiError(40054, "invalid sub button url domain");
            }
            if (url.getBytes(StandardCharsets.UTF_8).length > 1024) {
                throw new ApiError(40020, "invalid button url size");
            }
        } else if (!MEDIA.contains(type)) {
            throw new ApiError(40017, "invalid button type");
        }
    }
}
