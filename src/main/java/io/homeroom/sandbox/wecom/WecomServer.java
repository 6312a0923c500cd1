package io.homeroom.sandbox.wecom;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.gate.WireServer;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.login.OAuthCodes;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** WeCom's server. Errors come with HTTP 200, an errcode, and an errmsg with a hint ("全局错误码"). */
@SandboxPart
public class WecomServer implements WireServer {

    private static final long LIFE = 7200;

    interface Call {
        ObjectNode answer(SandboxAccount account, WireRequest request) throws CorpError;
    }

    private record Token(String value, Instant until) {}

    private final SandboxAccounts accounts;
    private final Colleagues colleagues;
    private final Robots robots;
    private final OAuthCodes oauth;
    private final SandboxEvents events;
    private final Clock clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, Token> tickets = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> menus = new ConcurrentHashMap<>();
    private final Map<String, Call> calls = new HashMap<>();

    public WecomServer(
            SandboxAccounts accounts,
            Colleagues colleagues,
            AppMessages messages,
            Robots robots,
            OAuthCodes oauth,
            CustomerApi customers,
            BroadcastApi broadcasts,
            Media media,
            SandboxEvents events,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.colleagues = colleagues;
        this.robots = robots;
        this.oauth = oauth;
        this.events = events;
        this.clock = clock;
        calls.putAll(customers.calls());
        calls.putAll(broadcasts.calls());
        calls.put("POST /cgi-bin/media/upload", media::upload);
        calls.put("POST /cgi-bin/message/send", (account, request) -> messages.send(account, body(request)));
        calls.put(
                "POST /cgi-bin/message/update_template_card",
                (account, request) -> messages.updateCard(account, body(request)));
        calls.put("GET /cgi-bin/auth/getuserinfo", (account, request) -> user(account, request, "userid"));
        calls.put("GET /cgi-bin/user/getuserinfo", (account, request) -> user(account, request, "UserId"));
        calls.put("GET /cgi-bin/user/get", this::userGet);
        calls.put("GET /cgi-bin/user/simplelist", (account, request) -> users(account));
        calls.put("POST /cgi-bin/user/list_id", (account, request) -> userIds(account));
        calls.put("GET /cgi-bin/department/list", (account, request) -> departments(account));
        calls.put("GET /cgi-bin/agent/get", this::agent);
        calls.put("POST /cgi-bin/menu/create", this::createMenu);
        calls.put("GET /cgi-bin/menu/get", this::getMenu);
        calls.put("GET /cgi-bin/menu/delete", this::deleteMenu);
        calls.put("GET /cgi-bin/get_jsapi_ticket", (account, request) -> ticket(account.code()));
        calls.put("GET /cgi-bin/ticket/get", (account, request) -> ticket(account.code() + "/agent"));
        calls.put("GET /cgi-bin/getcallbackip", (account, request) -> addresses());
        calls.put("GET /cgi-bin/get_api_domain_ip", (account, request) -> addresses());
    }

    @Override
    public String name() {
        return "wecom";
    }

    @Override
    public boolean hosts(String host) {
        return host.equals("qyapi.weixin.qq.com");
    }

    @Override
    public @Nullable SandboxAccount account(WireRequest request) {
        String key = request.parameter("key");
        if (!key.isEmpty()) {
            return accounts.byRobotKey(key).orElse(null);
        }
        String secret = request.parameter("corpsecret");
        if (!secret.isEmpty()) {
            return accounts.byCorpSecret(request.parameter("corpid"), secret).orElse(null);
        }
        return byToken(request.parameter("access_token")).orElse(null);
    }

    @Override
    public WireAnswer error(WireRequest request, String code) {
        return failed(CorpError.of(Integer.parseInt(code)));
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        try {
            return switch (request.path()) {
                case "/cgi-bin/gettoken" -> WireAnswer.json(200, token(request));
                case "/cgi-bin/webhook/send" ->
                    WireAnswer.json(200, robots.send(request.parameter("key"), body(request)));
                case "/cgi-bin/webhook/upload_media" -> WireAnswer.json(200, robots.upload(request));
                default -> {
                    Call call = calls.get(request.method() + " " + request.path());
                    if (call == null) {
                        yield WireAnswer.text(404, "text/html", "<html><body><h1>404 Not Found</h1></body></html>");
                    }
                    yield WireAnswer.json(200, call.answer(caller(request), request));
                }
            };
        } catch (CorpError e) {
            return failed(e);
        }
    }

    /** The app's menu, an empty object for none. */
    public ObjectNode menu(String code) {
        ObjectNode menu = menus.get(code);
        return menu == null ? Json.object() : menu;
    }

    /** Ends the access token of an association's app now, as two hours would. */
    public void expireTokens(String code) {
        tokens.computeIfPresent(code, (same, token) -> new Token(token.value(), clock.instant()));
    }

    private Optional<SandboxAccount> byToken(String token) {
        return tokens.entrySet().stream()
                .filter(entry -> entry.getValue().value().equals(token))
                .findFirst()
                .map(entry -> accounts.of(entry.getKey()));
    }

    private SandboxAccount caller(WireRequest request) throws CorpError {
        String value = request.parameter("access_token");
        if (value.isEmpty()) {
            throw CorpError.of(41001);
        }
        SandboxAccount account = byToken(value).orElseThrow(() -> CorpError.of(40014));
        Token token = tokens.get(account.code());
        if (token == null || !clock.instant().isBefore(token.until())) {
            throw CorpError.of(42001);
        }
        return account;
    }

    private ObjectNode token(WireRequest request) throws CorpError {
        String corpId = request.parameter("corpid");
        if (accounts.byCorpId(corpId).isEmpty()) {
            throw CorpError.of(40013);
        }
        SandboxAccount account =
                accounts.byCorpSecret(corpId, request.parameter("corpsecret")).orElseThrow(() -> CorpError.of(40001));
        Token token = renewed(tokens, account.code(), 214);
        return ok().put("access_token", token.value()).put("expires_in", left(token));
    }

    /** Whether a page was signed with the ticket that the corporation's app has fetched, as WeCom's client asks it. */
    public boolean signed(String corpId, String nonce, String timestamp, String url, String signature) {
        Instant now = clock.instant();
        return accounts.byCorpId(corpId)
                .map(account -> tickets.get(account.code()))
                .filter(ticket -> now.isBefore(ticket.until()))
                .filter(ticket ->
                        Sha1.jsapi(ticket.value(), nonce, timestamp, url).equals(signature))
                .isPresent();
    }

    private ObjectNode ticket(String key) {
        Token ticket = renewed(tickets, key, 86);
        return ok().put("ticket", ticket.value()).put("expires_in", left(ticket));
    }

    /** The same while it is good, as WeCom does for both. */
    private Token renewed(Map<String, Token> store, String key, int length) {
        Instant now = clock.instant();
        return store.compute(
                key,
                (same, known) -> known != null && now.isBefore(known.until())
                        ? known
                        : new Token(Randoms.token(length), now.plusSeconds(LIFE)));
    }

    private long left(Token token) {
        return token.until().getEpochSecond() - clock.instant().getEpochSecond();
    }

    private ObjectNode user(SandboxAccount account, WireRequest request, String field) throws CorpError {
        OAuthCodes.Redeemed redeemed = oauth.redeem(account.corpId(), request.parameter("code"));
        if (redeemed.fate() != OAuthCodes.Fate.GOOD) {
            throw CorpError.of(40029);
        }
        return ok().put(field, redeemed.subject());
    }

    private ObjectNode userGet(SandboxAccount account, WireRequest request) throws CorpError {
        Colleague colleague = colleagues
                .find(account.code(), request.parameter("userid"))
                .filter(Colleague::active)
                .orElseThrow(() -> CorpError.of(60111));
        ObjectNode answer = ok().put("userid", colleague.userid())
                .put("name", colleague.name())
                .put("status", 1);
        answer.set("department", Json.array().add(1));
        return answer;
    }

    private ObjectNode users(SandboxAccount account) {
        ArrayNode list = Json.array();
        for (Colleague colleague : colleagues.of(account.code())) {
            if (colleague.active()) {
                ObjectNode user =
                        Json.object().put("userid", colleague.userid()).put("name", colleague.name());
                user.set("department", Json.array().add(1));
                list.add(user);
            }
        }
        ObjectNode answer = ok();
        answer.set("userlist", list);
        return answer;
    }

    private ObjectNode userIds(SandboxAccount account) {
        ArrayNode list = Json.array();
        for (Colleague colleague : colleagues.of(account.code())) {
            if (colleague.active()) {
                list.add(Json.object().put("userid", colleague.userid()).put("department", 1));
            }
        }
        ObjectNode answer = ok().put("next_cursor", "");
        answer.set("dept_user", list);
        return answer;
    }

    private static ObjectNode departments(SandboxAccount account) {
        ObjectNode answer = ok();
        answer.set(
                "department",
                Json.array()
                        .add(Json.object()
                                .put("id", 1)
                                .put("name", account.name())
                                .put("parentid", 0)));
        return answer;
    }

    private ObjectNode agent(SandboxAccount account, WireRequest request) throws CorpError {
        ownAgent(account, request);
        return ok().put("agentid", account.agentId()).put("name", "班主任").put("close", 0);
    }

    private ObjectNode createMenu(SandboxAccount account, WireRequest request) throws CorpError {
        ownAgent(account, request);
        ObjectNode menu = body(request);
        ArrayNode buttons = Json.list(menu, "button");
        if (buttons.isEmpty() || buttons.size() > 3) {
            throw new CorpError(40016, "invalid button size");
        }
        menus.put(account.code(), menu);
        events.tell("menu", account.code(), Map.of());
        return ok();
    }

    private ObjectNode getMenu(SandboxAccount account, WireRequest request) throws CorpError {
        ownAgent(account, request);
        ObjectNode menu = menus.get(account.code());
        if (menu == null) {
            throw new CorpError(46003, "menu not exist");
        }
        return ok().setAll(menu);
    }

    private ObjectNode deleteMenu(SandboxAccount account, WireRequest request) throws CorpError {
        ownAgent(account, request);
        menus.remove(account.code());
        return ok();
    }

    private static void ownAgent(SandboxAccount account, WireRequest request) throws CorpError {
        if (!request.parameter("agentid").equals(Integer.toString(account.agentId()))) {
            throw CorpError.of(40056);
        }
    }

    private static ObjectNode addresses() {
        ObjectNode answer = ok();
        answer.set("ip_list", Json.array().add("127.0.0.1"));
        return answer;
    }

    static ObjectNode body(WireRequest request) throws CorpError {
        try {
            return Json.read(request.body());
        } catch (IllegalArgumentException e) {
            throw new CorpError(47001, "data format error");
        }
    }

    static ObjectNode ok() {
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }

    private WireAnswer failed(CorpError error) {
        String hint = error.errmsg()
                + ", hint: ["
                + clock.instant().getEpochSecond()
                + "_"
                + Randoms.letters(32).toLowerCase(java.util.Locale.ROOT)
                + "], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e="
                + error.code();
        return WireAnswer.json(200, Json.object().put("errcode", error.code()).put("errmsg", hint));
    }
}
