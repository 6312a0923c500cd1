package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls about broadcasts ("消息推送": 创建企业群发, 提醒, 停止, 记录). */
@SandboxPart
public class BroadcastApi {

    private static final String PREFIX = "/cgi-bin/externalcontact/";
    private static final int TEXT = 4000;
    private static final int ATTACHMENTS = 9;
    private static final int CUSTOMERS = 10_000;
    private static final int GROUPS = 2_000;

    private final Broadcasts broadcasts;
    private final Customers customers;
    private final Colleagues colleagues;
    private final Media media;

    public BroadcastApi(Broadcasts broadcasts, Customers customers, Colleagues colleagues, Media media) {
        this.media = media;
        this.broadcasts = broadcasts;
        this.customers = customers;
        this.colleagues = colleagues;
    }

    Map<String, WecomServer.Call> calls() {
        Map<String, WecomServer.Call> calls = new LinkedHashMap<>();
        calls.put("POST " + PREFIX + "add_msg_template", this::create);
        calls.put("POST " + PREFIX + "remind_groupmsg_send", this::remind);
        calls.put("POST " + PREFIX + "cancel_groupmsg_send", this::cancel);
        calls.put("POST " + PREFIX + "get_groupmsg_list_v2", this::list);
        calls.put("POST " + PREFIX + "get_groupmsg_task", this::tasks);
        calls.put("POST " + PREFIX + "get_groupmsg_send_result", this::results);
        return calls;
    }

    private ObjectNode create(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        boolean toGroups = Json.text(body, "chat_type").equals("group");
        String text = Json.text(Json.child(body, "text"), "content");
        ArrayNode attachments = media.attachments(account, Json.list(body, "attachments"));
        if (text.isEmpty() && attachments.isEmpty()) {
            throw CorpError.of(44004);
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > TEXT) {
            throw invalid("text.content exceed max length " + TEXT);
        }
        if (attachments.size() > ATTACHMENTS) {
            throw invalid("attachments exceed max size " + ATTACHMENTS);
        }
        Optional<Colleague> sender = sender(account, Json.text(body, "sender"));
        List<String> wanted = texts(Json.list(body, toGroups ? "chat_id_list" : "external_userid"));
        if (wanted.size() > (toGroups ? GROUPS : CUSTOMERS)) {
            throw invalid("too many receivers");
        }
        if (sender.isEmpty() && (toGroups || wanted.isEmpty())) {
            throw invalid("sender missing");
        }
        List<String> failed = new ArrayList<>();
        Map<String, List<String>> receivers = toGroups
                ? groups(account, sender.orElseThrow(), wanted, failed)
                : customers(account, sender.orElse(null), wanted, failed);
        ArrayNode failList = Json.array();
        failed.forEach(failList::add);
        ObjectNode answer = WecomServer.ok();
        answer.set("fail_list", failList);
        return answer.put("msgid", broadcasts.create(account.code(), toGroups, text, attachments, receivers).msgid);
    }

    private Map<String, List<String>> groups(
            SandboxAccount account, Colleague sender, List<String> wanted, List<String> failed) {
        List<String> own = customers.groups(account.code()).stream()
                .filter(group -> !group.dismissed() && group.owner().equals(sender.userid()))
                .map(Customers.Group::chatId)
                .toList();
        List<String> chosen = new ArrayList<>(own);
        if (!wanted.isEmpty()) {
            chosen.retainAll(wanted);
            wanted.stream().filter(id -> !own.contains(id)).forEach(failed::add);
        }
        return Map.of(sender.userid(), chosen);
    }

    private Map<String, List<String>> customers(
            SandboxAccount account, @Nullable Colleague sender, List<String> wanted, List<String> failed) {
        Map<String, List<String>> receivers = new LinkedHashMap<>();
        if (wanted.isEmpty() && sender != null) {
            customers
                    .of(account.code(), sender)
                    .forEach(customer -> receivers
                            .computeIfAbsent(sender.userid(), key -> new ArrayList<>())
                            .add(customer.externalUserid()));
            return receivers;
        }
        for (String id : wanted) {
            Optional<String> by = customers.of(account.code(), id).stream()
                    .flatMap(customer -> customer.follows().stream())
                    .map(Customers.Follow::userid)
                    .filter(userid -> sender == null || userid.equals(sender.userid()))
                    .findFirst();
            if (by.isPresent()) {
                receivers.computeIfAbsent(by.get(), key -> new ArrayList<>()).add(id);
            } else {
                failed.add(id);
            }
        }
        return receivers;
    }

    private Optional<Colleague> sender(SandboxAccount account, String userid) throws CorpError {
        if (userid.isEmpty()) {
            return Optional.empty();
        }
        Optional<Colleague> found = colleagues.find(account.code(), userid).filter(Colleague::active);
        if (found.isEmpty()) {
            throw CorpError.of(40003);
        }
        return found;
    }

    private ObjectNode remind(SandboxAccount account, WireRequest request) throws CorpError {
        if (!broadcasts.remind(find(account, WecomServer.body(request)))) {
            throw CorpError.of(45009);
        }
        return WecomServer.ok();
    }

    private ObjectNode cancel(SandboxAccount account, WireRequest request) throws CorpError {
        broadcasts.cancel(find(account, WecomServer.body(request)));
        return WecomServer.ok();
    }

    private ObjectNode list(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        boolean toGroups = Json.text(body, "chat_type").equals("group");
        Instant from = Instant.ofEpochSecond(Json.number(body, "start_time", 0));
        Instant to = Instant.ofEpochSecond(Json.number(body, "end_time", 0));
        if (!from.isBefore(to) || to.isAfter(from.plusSeconds(31L * 86_400))) {
            throw invalid("start_time and end_time must be within a month");
        }
        List<Broadcasts.Broadcast> found = broadcasts.of(account.code()).stream()
                .filter(broadcast -> broadcast.toGroups == toGroups)
                .filter(broadcast -> !broadcast.createdAt.isBefore(from) && !broadcast.createdAt.isAfter(to))
                .toList();
        Cursor<Broadcasts.Broadcast> page = page(found, body, 100);
        ArrayNode list = Json.array();
        for (Broadcasts.Broadcast broadcast : page.items()) {
            ObjectNode node = Json.object()
                    .put("msgid", broadcast.msgid)
                    .put("creator", "")
                    .put("create_time", Long.toString(broadcast.createdAt.getEpochSecond()))
                    .put("create_type", 0);
            node.set("text", Json.object().put("content", broadcast.text));
            node.set("attachments", broadcast.attachments);
            list.add(node);
        }
        return paged("group_msg_list", list, page.next());
    }

    private ObjectNode tasks(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        Cursor<Broadcasts.Task> page =
                page(List.copyOf(find(account, body).tasks.values()), body, 1000);
        ArrayNode list = Json.array();
        for (Broadcasts.Task task : page.items()) {
            Instant sentAt = task.sentAt;
            ObjectNode node = Json.object().put("userid", task.userid).put("status", sentAt == null ? 0 : 2);
            if (sentAt != null) {
                node.put("send_time", sentAt.getEpochSecond());
            }
            list.add(node);
        }
        return paged("task_list", list, page.next());
    }

    private ObjectNode results(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        Broadcasts.Broadcast broadcast = find(account, body);
        Broadcasts.Task task = broadcast.tasks.get(Json.text(body, "userid"));
        if (task == null) {
            throw CorpError.of(40003);
        }
        Cursor<Broadcasts.Target> page = page(List.copyOf(task.targets), body, 1000);
        ArrayNode list = Json.array();
        for (Broadcasts.Target target : page.items()) {
            ObjectNode node = Json.object()
                    .put(broadcast.toGroups ? "chat_id" : "external_userid", target.id)
                    .put("userid", task.userid)
                    .put("status", target.fate.number());
            Instant sentAt = task.sentAt;
            if (sentAt != null && target.fate == Broadcasts.Fate.SENT) {
                node.put("send_time", sentAt.getEpochSecond());
            }
            list.add(node);
        }
        return paged("send_list", list, page.next());
    }

    private Broadcasts.Broadcast find(SandboxAccount account, ObjectNode body) throws CorpError {
        return broadcasts.find(account.code(), Json.text(body, "msgid")).orElseThrow(() -> invalid("msgid invalid"));
    }

    private static <T> Cursor<T> page(List<T> all, ObjectNode body, long most) {
        long limit = Math.max(1, Math.min(most, Json.number(body, "limit", most)));
        return Cursor.page(all, Json.text(body, "cursor"), limit);
    }

    private static ObjectNode paged(String name, ArrayNode list, String next) {
        ObjectNode answer = WecomServer.ok().put("next_cursor", next);
        answer.set(name, list);
        return answer;
    }

    private static List<String> texts(ArrayNode array) {
        List<String> found = new ArrayList<>();
        for (JsonNode node : array) {
            found.add(node.asString());
        }
        return found;
    }

    private static CorpError invalid(String what) {
        return new CorpError(40058, what + ". invalid Request Parameter");
    }
}
