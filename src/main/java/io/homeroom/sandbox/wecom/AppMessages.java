package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.WorldTime;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.Sha1;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages of the self-built app ("发送应用消息"). Unknown and departed receivers come back as {@code invaliduser}; what
 * exceeds 30 messages a minute or 1000 an hour to one person is dropped without a word; long texts are cut.
 */
@SandboxPart
public class AppMessages {

    private static final int TEXT = 2048;
    private static final int A_MINUTE = 30;
    private static final int AN_HOUR = 1000;
    private static final int CARDS = 5_000;
    private static final long CARD_LIFE = 72L * 3600;
    private static final int REMEMBERED = 5_000;

    private record Shown(String kind, String text, Map<String, Object> data) {}

    /**
     * A card with buttons that was sent.
     *
     * @param code association
     * @param type of the card
     * @param taskId the application's own number, empty if it has none
     * @param until when its response code ends
     */
    public record Card(String code, String type, String taskId, Instant until) {}

    private final Colleagues colleagues;
    private final Clock clock;
    private final WorldTime world;
    private final Map<String, Deque<Instant>> received = new HashMap<>();
    private final Map<String, Card> cards = new LinkedHashMap<>();
    private final Map<String, Instant> contents = new LinkedHashMap<>();

    public AppMessages(Colleagues colleagues, WorldTime world, @Qualifier("wireClock") Clock clock) {
        this.colleagues = colleagues;
        this.world = world;
        this.clock = clock;
    }

    ObjectNode send(SandboxAccount account, ObjectNode body) throws CorpError {
        if (Json.number(body, "agentid", 0) != account.agentId()) {
            throw CorpError.of(301002);
        }
        Shown shown = shown(body);
        List<Colleague> receivers = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        receivers(account, Json.text(body, "touser"), receivers, invalid);
        if (receivers.isEmpty()) {
            throw CorpError.of(81013);
        }
        String responseCode = "";
        if (shown.kind().equals("template-card")) {
            responseCode = remember(account, Json.child(body, "template_card"));
            shown.data().put("responseCode", responseCode);
        }
        boolean duplicate = duplicate(account, body);
        for (Colleague colleague : receivers) {
            if (!duplicate && allowed(colleague)) {
                colleagues.show(colleague, "account", shown.kind(), shown.text(), shown.data());
            }
        }
        ObjectNode answer = WecomServer.ok();
        if (!invalid.isEmpty()) {
            answer.put("invaliduser", String.join("|", invalid));
        }
        answer.put("msgid", Randoms.token(54));
        if (!responseCode.isEmpty()) {
            answer.put("response_code", responseCode);
        }
        return answer;
    }

    ObjectNode updateCard(SandboxAccount account, ObjectNode body) throws CorpError {
        Card card;
        synchronized (this) {
            card = cards.remove(Json.text(body, "response_code"));
        }
        if (card == null
                || !card.code().equals(account.code())
                || !clock.instant().isBefore(card.until())) {
            throw new CorpError(42045, "invalid response_code");
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("taskId", card.taskId());
        data.put("button", Json.child(body, "button"));
        data.put("card", Json.child(body, "template_card"));
        String text = Json.text(Json.child(body, "button"), "replace_name");
        List<Colleague> receivers = new ArrayList<>();
        for (JsonNode userid : Json.list(body, "userids")) {
            colleagues.find(account.code(), userid.asString()).ifPresent(receivers::add);
        }
        receivers.forEach(colleague -> colleagues.show(colleague, "wechat", "event", text, data));
        return WecomServer.ok();
    }

    /** The card with that response code, if it has not been changed yet. */
    public synchronized Optional<Card> card(String responseCode) {
        return Optional.ofNullable(cards.get(responseCode));
    }

    private synchronized String remember(SandboxAccount account, ObjectNode card) {
        String code = Randoms.token(48);
        String type = Json.text(card, "card_type");
        cards.put(
                code,
                new Card(
                        account.code(),
                        type,
                        Json.text(card, "task_id"),
                        clock.instant().plusSeconds(CARD_LIFE)));
        if (cards.size() > CARDS) {
            cards.remove(cards.keySet().iterator().next());
        }
        return code;
    }

    private void receivers(SandboxAccount account, String touser, List<Colleague> known, List<String> invalid) {
        if (touser.equals("@all")) {
            colleagues.of(account.code()).stream().filter(Colleague::active).forEach(known::add);
            return;
        }
        for (String userid : touser.split("\\|")) {
            Optional<Colleague> found = colleagues.find(account.code(), userid).filter(Colleague::active);
            if (found.isPresent()) {
                known.add(found.get());
            } else if (!userid.isEmpty()) {
                invalid.add(userid);
            }
        }
    }

    private synchronized boolean duplicate(SandboxAccount account, ObjectNode body) {
        if (Json.number(body, "enable_duplicate_check", 0) != 1) {
            return false;
        }
        Instant now = clock.instant();
        long interval = Math.min(4 * 3600, Json.number(body, "duplicate_check_interval", 1800));
        String key = account.code() + Sha1.hex(Json.bytes(body));
        Instant before = contents.put(key, now);
        if (contents.size() > REMEMBERED) {
            contents.remove(contents.keySet().iterator().next());
        }
        return before != null && now.isBefore(before.plusSeconds(interval));
    }

    private synchronized boolean allowed(Colleague colleague) {
        Instant now = world.now();
        Deque<Instant> times =
                received.computeIfAbsent(colleague.code() + "/" + colleague.userid(), key -> new ArrayDeque<>());
        // A clock that was set back leaves times behind that are still to come.
        times.removeIf(time -> !time.isAfter(now.minusSeconds(3600)) || time.isAfter(now));
        long lastMinute = times.stream()
                .filter(time -> time.isAfter(now.minusSeconds(60)))
                .count();
        if (lastMinute >= A_MINUTE || times.size() >= AN_HOUR) {
            return false;
        }
        times.addLast(now);
        return true;
    }

    private static Shown shown(ObjectNode body) throws CorpError {
        String type = Json.text(body, "msgtype");
        JsonNode content = Json.child(body, type);
        Map<String, Object> data = new LinkedHashMap<>();
        return switch (type) {
            case "text", "markdown" -> new Shown(type, cut(required(content, "content"), TEXT), data);
            case "textcard" -> textCard(content, data);
            case "news" -> news(content, data);
            case "template_card" -> templateCard(content, data);
            case "image", "voice", "video", "file" -> {
                data.put("mediaId", required(content, "media_id"));
                yield new Shown(type, "[" + type + "]", data);
            }
            default -> throw CorpError.of(40008);
        };
    }

    private static Shown textCard(JsonNode content, Map<String, Object> data) throws CorpError {
        required(content, "description");
        required(content, "url");
        List.of("title", "description", "url").forEach(field -> data.put(field, Json.text(content, field)));
        String button = Json.text(content, "btntxt");
        data.put("btntxt", button.isEmpty() ? "详情" : button);
        return new Shown("card", cut(required(content, "title"), 128 * 4), data);
    }

    private static Shown news(JsonNode content, Map<String, Object> data) throws CorpError {
        ArrayNode articles = Json.list(content, "articles");
        if (articles.isEmpty() || articles.size() > 8) {
            throw new CorpError(40058, "news.articles size must be 1 to 8. invalid Request Parameter");
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        for (JsonNode article : articles) {
            shown.add(Map.of(
                    "title", required(article, "title"),
                    "description", Json.text(article, "description"),
                    "picUrl", Json.text(article, "picurl"),
                    "url", Json.text(article, "url")));
        }
        data.put("articles", shown);
        return new Shown("news", String.valueOf(shown.get(0).get("title")), data);
    }

    private static Shown templateCard(JsonNode content, Map<String, Object> data) throws CorpError {
        String type = required(content, "card_type");
        List<Map<String, String>> buttons = new ArrayList<>();
        for (JsonNode button : Json.list(content, "button_list")) {
            buttons.add(Map.of("text", Json.text(button, "text"), "key", Json.text(button, "key")));
        }
        if (type.equals("button_interaction") && (buttons.isEmpty() || buttons.size() > 6)) {
            throw new CorpError(40058, "template_card.button_list size must be 1 to 6. invalid Request Parameter");
        }
        if (type.endsWith("_interaction") && !Json.text(content, "task_id").matches("[0-9A-Za-z_\\-@]{1,128}")) {
            throw new CorpError(40058, "template_card.task_id missing or invalid. invalid Request Parameter");
        }
        data.put("card", content);
        data.put("cardType", type);
        data.put("taskId", Json.text(content, "task_id"));
        data.put("buttons", buttons);
        return new Shown("template-card", Json.text(Json.child(content, "main_title"), "title"), data);
    }

    private static String required(JsonNode content, String field) throws CorpError {
        String text = Json.text(content, field);
        if (text.isEmpty()) {
            throw CorpError.of(44004);
        }
        return text;
    }

    /** Cuts to so many UTF-8 bytes, never inside a character. */
    static String cut(String text, int bytes) {
        int length = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            length += new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
            if (length > bytes) {
                return text.substring(0, end);
            }
            end += Character.charCount(point);
        }
        return text;
    }
}
