package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls about customers and customer groups ("客户管理", "客户群管理"). */
@SandboxPart
public class CustomerApi {

    private static final String PREFIX = "/cgi-bin/externalcontact/";

    private final Customers customers;
    private final Colleagues colleagues;

    public CustomerApi(Customers customers, Colleagues colleagues) {
        this.customers = customers;
        this.colleagues = colleagues;
    }

    Map<String, WecomServer.Call> calls() {
        Map<String, WecomServer.Call> calls = new LinkedHashMap<>();
        calls.put("GET " + PREFIX + "get_follow_user_list", (account, request) -> followUsers(account));
        calls.put("GET " + PREFIX + "list", this::list);
        calls.put("GET " + PREFIX + "get", this::get);
        calls.put("POST " + PREFIX + "batch/get_by_user", this::getByUser);
        calls.put("POST " + PREFIX + "add_contact_way", this::addWay);
        calls.put("POST " + PREFIX + "get_contact_way", this::getWay);
        calls.put("POST " + PREFIX + "send_welcome_msg", this::welcome);
        calls.put("POST " + PREFIX + "groupchat/list", this::groups);
        calls.put("POST " + PREFIX + "groupchat/get", this::group);
        return calls;
    }

    private ObjectNode followUsers(SandboxAccount account) {
        ArrayNode users = Json.array();
        colleagues.of(account.code()).stream().filter(Colleague::active).forEach(user -> users.add(user.userid()));
        ObjectNode answer = WecomServer.ok();
        answer.set("follow_user", users);
        return answer;
    }

    private ObjectNode list(SandboxAccount account, WireRequest request) throws CorpError {
        Colleague colleague =
                colleagues.find(account.code(), request.parameter("userid")).orElseThrow(() -> CorpError.of(40003));
        ArrayNode ids = Json.array();
        customers.of(account.code(), colleague).forEach(customer -> ids.add(customer.externalUserid()));
        if (ids.isEmpty()) {
            throw CorpError.of(84061);
        }
        ObjectNode answer = WecomServer.ok();
        answer.set("external_userid", ids);
        return answer;
    }

    private ObjectNode getByUser(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        ArrayNode list = Json.array();
        for (JsonNode userid : Json.list(body, "userid_list")) {
            Colleague colleague =
                    colleagues.find(account.code(), userid.asString()).orElseThrow(() -> CorpError.of(40003));
            for (Customers.Customer customer : customers.of(account.code(), colleague)) {
                ObjectNode node = Json.object();
                node.set(
                        "external_contact",
                        Json.object()
                                .put("external_userid", customer.externalUserid())
                                .put("name", customer.phone().name())
                                .put("type", 1));
                node.set(
                        "follow_info",
                        Json.object()
                                .put("userid", colleague.userid())
                                .put("remark", customer.phone().name()));
                list.add(node);
            }
        }
        if (list.isEmpty()) {
            throw CorpError.of(84061);
        }
        long limit = Math.max(1, Math.min(100, Json.number(body, "limit", 50)));
        Cursor<JsonNode> page = Cursor.page(list.valueStream().toList(), Json.text(body, "cursor"), limit);
        ArrayNode items = Json.array();
        page.items().forEach(items::add);
        ObjectNode answer = WecomServer.ok().put("next_cursor", page.next());
        answer.set("external_contact_list", items);
        return answer;
    }

    private ObjectNode get(SandboxAccount account, WireRequest request) throws CorpError {
        String id = request.parameter("external_userid");
        if (!id.startsWith("wm")) {
            throw CorpError.of(40096);
        }
        Customers.Customer customer = customers.of(account.code(), id).orElseThrow(() -> CorpError.of(84061));
        if (customer.follows().isEmpty()) {
            throw CorpError.of(84061);
        }
        ArrayNode follows = Json.array();
        for (Customers.Follow follow : customer.follows()) {
            ObjectNode node = Json.object()
                    .put("userid", follow.userid())
                    .put("remark", customer.phone().name())
                    .put("description", "")
                    .put("createtime", follow.since().getEpochSecond())
                    .put("add_way", follow.state().isEmpty() ? 3 : 1);
            if (!follow.state().isEmpty()) {
                node.put("state", follow.state());
            }
            follows.add(node);
        }
        ObjectNode answer = WecomServer.ok();
        answer.set(
                "external_contact",
                Json.object()
                        .put("external_userid", id)
                        .put("name", customer.phone().name())
                        .put("avatar", "")
                        .put("type", 1)
                        .put("gender", 0)
                        .put("unionid", Phones.unionId(customer.phone().openid())));
        answer.set("follow_user", follows);
        return answer;
    }

    private ObjectNode addWay(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        List<String> users = new ArrayList<>();
        for (JsonNode user : Json.list(body, "user")) {
            users.add(colleagues
                    .find(account.code(), user.asString())
                    .filter(Colleague::active)
                    .orElseThrow(() -> CorpError.of(40003))
                    .userid());
        }
        String state = Json.text(body, "state");
        if (users.isEmpty() || state.length() > 30) {
            throw new CorpError(40058, "user or state invalid. invalid Request Parameter");
        }
        Customers.ContactWay way = customers.way(account.code(), List.copyOf(users), state);
        return WecomServer.ok().put("config_id", way.configId()).put("qr_code", way.url());
    }

    private ObjectNode getWay(SandboxAccount account, WireRequest request) throws CorpError {
        Customers.ContactWay way = customers
                .way(account.code(), Json.text(WecomServer.body(request), "config_id"))
                .orElseThrow(() -> new CorpError(40058, "config_id invalid. invalid Request Parameter"));
        ArrayNode users = Json.array();
        way.users().forEach(users::add);
        ObjectNode node = Json.object()
                .put("config_id", way.configId())
                .put("type", way.users().size() == 1 ? 1 : 2)
                .put("scene", 2)
                .put("state", way.state())
                .put("qr_code", way.url());
        node.set("user", users);
        ObjectNode answer = WecomServer.ok();
        answer.set("contact_way", node);
        return answer;
    }

    private ObjectNode welcome(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        String text = Json.text(Json.child(body, "text"), "content");
        if (text.isEmpty() && Json.list(body, "attachments").isEmpty()) {
            throw CorpError.of(44004);
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > 4000) {
            throw new CorpError(40058, "text.content exceed max length 4000. invalid Request Parameter");
        }
        if (!customers.welcome(account.code(), Json.text(body, "welcome_code"), text)) {
            throw new CorpError(41050, "welcome code is invalid or expired");
        }
        return WecomServer.ok();
    }

    private ObjectNode groups(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        long limit = Json.number(body, "limit", 0);
        if (limit < 1 || limit > 1000) {
            throw new CorpError(40058, "limit must be 1 to 1000. invalid Request Parameter");
        }
        List<String> owners = new ArrayList<>();
        Json.list(Json.child(body, "owner_filter"), "userid_list").forEach(user -> owners.add(user.asString()));
        List<Customers.Group> found = customers.groups(account.code()).stream()
                .filter(group -> !group.dismissed())
                .filter(group -> owners.isEmpty() || owners.contains(group.owner()))
                .toList();
        Cursor<Customers.Group> page = Cursor.page(found, Json.text(body, "cursor"), limit);
        ArrayNode list = Json.array();
        page.items()
                .forEach(group ->
                        list.add(Json.object().put("chat_id", group.chatId()).put("status", 0)));
        ObjectNode answer = WecomServer.ok();
        answer.set("group_chat_list", list);
        if (!page.next().isEmpty()) {
            answer.put("next_cursor", page.next());
        }
        return answer;
    }

    private ObjectNode group(SandboxAccount account, WireRequest request) throws CorpError {
        ObjectNode body = WecomServer.body(request);
        Customers.Group group = customers
                .group(Json.text(body, "chat_id"))
                .filter(found -> found.code().equals(account.code()) && !found.dismissed())
                .orElseThrow(() -> CorpError.of(40050));
        boolean names = Json.number(body, "need_name", 0) == 1;
        Customers.Group.View view = group.view();
        ArrayNode members = Json.array();
        for (Customers.GroupMember member : view.members()) {
            ObjectNode node = Json.object()
                    .put("userid", member.id())
                    .put("type", member.type())
                    .put("join_time", member.joined().getEpochSecond())
                    .put("join_scene", member.scene());
            if (member.type() == 1) {
                node.set("invitor", Json.object().put("userid", view.owner()));
            } else {
                customers
                        .of(account.code(), member.id())
                        .ifPresent(customer -> node.put(
                                "unionid", Phones.unionId(customer.phone().openid())));
            }
            if (names) {
                node.put("name", member.name());
            }
            members.add(node.put("group_nickname", ""));
        }
        ObjectNode chat = Json.object()
                .put("chat_id", view.chatId())
                .put("name", view.name())
                .put("owner", view.owner())
                .put("create_time", group.createdAt().getEpochSecond())
                .put("notice", "");
        chat.set("member_list", members);
        chat.set("admin_list", Json.array());
        ObjectNode answer = WecomServer.ok();
        answer.set("group_chat", chat);
        return answer;
    }
}
