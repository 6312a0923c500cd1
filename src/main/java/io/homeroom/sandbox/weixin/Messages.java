package io.homeroom.sandbox.weixin;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.WorldTime;
import io.homeroom.sandbox.gate.Fault;
import io.homeroom.sandbox.gate.Faults;
import io.homeroom.sandbox.phone.Gestures;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Later;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Customer-service messages ("客服消息") and template messages ("模板消息") of the official account; of the latter so many a
 * day.
 */
@SandboxPart
public class Messages {

    private static final int LONGEST_TEXT = 2048;
    private static final Duration DEDUPLICATED = Duration.ofMinutes(10);
    private static final Duration RESULT_AFTER = Duration.ofMillis(300);
    private static final int REMEMBERED = 20_000;
    private static final int TEMPLATES_A_DAY = 100_000;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private record Sent(long id, Instant at) {}

    private final Phones phones;
    private final Gestures gestures;
    private final Faults faults;
    private final Later later;
    private final WorldTime world;
    private final Clock clock;
    private final AtomicLong ids;
    private final Map<String, Integer> templates = new HashMap<>();
    private LocalDate day = LocalDate.EPOCH;
    private int templatesADay = TEMPLATES_A_DAY;
    private final Map<String, Sent> byClientId = new LinkedHashMap<>();

    public Messages(
            Phones phones,
            Gestures gestures,
            Faults faults,
            Later later,
            WorldTime world,
            @Qualifier("wireClock") Clock clock) {
        this.phones = phones;
        this.gestures = gestures;
        this.faults = faults;
        this.later = later;
        this.world = world;
        this.clock = clock;
        this.ids = new AtomicLong(3_000_000_000_000_000_000L + clock.millis() * 1000);
    }

    /** An account may be given fewer template messages a day than the platform says to all. */
    public synchronized void templatesADay(int most) {
        templatesADay = most;
    }

    ObjectNode typing(SandboxAccount account, ObjectNode body) throws ApiError {
        person(account, body);
        return WeixinServer.ok();
    }

    ObjectNode custom(SandboxAccount account, ObjectNode body) throws ApiError {
        Phone phone = person(account, body);
        String type = Json.text(body, "msgtype");
        JsonNode content = Json.child(body, type);
        Map<String, Object> data = new LinkedHashMap<>();
        String text = switch (type) {
            case "text" -> text(content);
            case "image", "voice", "video", "music", "mpnews", "mpnewsarticle", "wxcard" -> {
                content.propertyNames().forEach(name -> data.put(name, Json.text(content, name)));
                yield "[" + type + "]";
            }
            case "news" -> news(content, data);
            case "msgmenu" -> menu(content, data);
            case "miniprogrampage" -> {
                List.of("title", "appid", "pagepath").forEach(name -> data.put(name, Json.text(content, name)));
                yield Json.text(content, "title");
            }
            default -> throw new ApiError(40008, "invalid message type");
        };
        String kind = switch (type) {
            case "msgmenu" -> "menu";
            case "miniprogrampage" -> "miniprogram";
            case "mpnews", "mpnewsarticle" -> "news";
            default -> type;
        };
        return switch (phones.serve(phone, kind, text, data)) {
            case SHOWN -> WeixinServer.ok();
            case CLOSED -> throw ApiError.of(45015);
            case EXHAUSTED -> throw ApiError.of(45047);
        };
    }

    private static String text(JsonNode content) throws ApiError {
        String text = Json.text(content, "content");
        if (text.isEmpty()) {
            throw new ApiError(44004, "empty content");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
            throw new ApiError(45002, "content size out of limit");
        }
        return text;
    }

    private static String news(JsonNode content, Map<String, Object> data) throws ApiError {
        ArrayNode articles = Json.list(content, "articles");
        if (articles.isEmpty()) {
            throw new ApiError(44003, "empty news data");
        }
        // Since 2018 a customer-service message carries one article.
        if (articles.size() > 1) {
            throw new ApiError(45008, "article size out of limit");
        }
        JsonNode first = articles.get(0);
        data.put(
                "articles",
                List.of(Map.of(
                        "title", Json.text(first, "title"),
                        "description", Json.text(first, "description"),
                        "picUrl", Json.text(first, "picurl"),
                        "url", Json.text(first, "url"))));
        return Json.text(first, "title");
    }

    private static String menu(JsonNode content, Map<String, Object> data) throws ApiError {
        List<Map<String, String>> lines = new ArrayList<>();
        for (JsonNode line : Json.list(content, "list")) {
            lines.add(Map.of("id", Json.text(line, "id"), "content", Json.text(line, "content")));
        }
        if (lines.isEmpty()) {
            throw new ApiError(44004, "empty content");
        }
        data.put("head", Json.text(content, "head_content"));
        data.put("list", lines);
        data.put("tail", Json.text(content, "tail_content"));
        return Json.text(content, "head_content");
    }

    ObjectNode templates(SandboxAccount account) {
        ArrayNode list = Json.array();
        account.templates()
                .forEach((name, id) -> named(name)
                        .ifPresent(template -> list.add(Json.object()
                                .put("template_id", id)
                                .put("title", template.title())
                                .put("primary_industry", "商业服务")
                                .put("deputy_industry", "协会")
                                .put("content", template.content())
                                .put("example", ""))));
        ObjectNode answer = Json.object();
        answer.set("template_list", list);
        return answer;
    }

    ObjectNode template(SandboxAccount account, ObjectNode body) throws ApiError {
        Phone phone = person(account, body);
        String id = Json.text(body, "template_id");
        Template template = account.templates().entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .findFirst()
                .flatMap(entry -> named(entry.getKey()))
                .orElseThrow(() -> ApiError.of(40037));
        if (!phone.following()) {
            throw ApiError.of(43004);
        }
        List<Map<String, Object>> fields = template.filled(Json.child(body, "data"));
        String clientId = Json.text(body, "client_msg_id");
        if (clientId.length() > 32) {
            throw new ApiError(47003, "argument invalid! client_msg_id invalid");
        }
        if (!withinToday(account)) {
            throw ApiError.of(45009);
        }
        long message = ids.incrementAndGet();
        if (!clientId.isEmpty()) {
            Optional<Sent> before = sentBefore(phone.openid() + "/" + clientId, message);
            if (before.isPresent()) {
                return WeixinServer.ok().put("msgid", before.get().id());
            }
        }
        Optional<Fault> fault = faults.call("weixin", account.code(), "/template/result");
        String status =
                phone.refusing() ? "failed:user block" : fault.isPresent() ? "failed: system failed" : "success";
        if (status.equals("success")) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("templateId", id);
            data.put("title", template.title());
            data.put("fields", fields);
            data.put("url", Json.text(body, "url"));
            data.put("msgid", Long.toString(message));
            phones.show(phone, "account", "template", template.title(), data);
        }
        if (fault.isEmpty() || fault.get().kind() != Fault.Kind.LOSE_ANSWER) {
            later.after(RESULT_AFTER, () -> gestures.templateFinished(phone, message, status));
        }
        return WeixinServer.ok().put("msgid", message);
    }

    private synchronized boolean withinToday(SandboxAccount account) {
        LocalDate today = world.now().atZone(CHINA).toLocalDate();
        if (!today.equals(day)) {
            day = today;
            templates.clear();
        }
        return templates.merge(account.code(), 1, Integer::sum) <= templatesADay;
    }

    private synchronized Optional<Sent> sentBefore(String key, long message) {
        Instant now = clock.instant();
        Sent known = byClientId.get(key);
        if (known != null && now.isBefore(known.at().plus(DEDUPLICATED))) {
            return Optional.of(known);
        }
        byClientId.put(key, new Sent(message, now));
        if (byClientId.size() > REMEMBERED) {
            byClientId.remove(byClientId.keySet().iterator().next());
        }
        return Optional.empty();
    }

    private static Optional<Template> named(String name) {
        return Template.ALL.stream()
                .filter(template -> template.name().equals(name))
                .findFirst();
    }

    private Phone person(SandboxAccount account, ObjectNode body) throws ApiError {
        return phones.find(account.code(), Json.text(body, "touser")).orElseThrow(() -> ApiError.of(40003));
    }
}
