package io.homeroom.sandbox.weixin;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.gate.WireServer;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.login.OAuthCodes;
import io.homeroom.sandbox.login.OAuthPage;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Randoms;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The official account's server. Errors come with HTTP 200, an errcode and an errmsg that ends in a rid, as the official
 * documentation describes ("全局返回码").
 */
@SandboxPart
public class WeixinServer implements WireServer {

    private static final int SNS_TOKENS = 5_000;

    private interface Call {
        ObjectNode answer(SandboxAccount account, WireRequest request) throws ApiError;
    }

    private record SnsToken(String openid, String scope, Instant until) {}

    private record Ticket(String value, Instant until) {}

    private final SandboxAccounts accounts;
    private final Phones phones;
    private final QrCodes codes;
    private final OAuthCodes oauth;
    private final OAuthPage page;
    private final SandboxEvents events;
    private final Clock clock;
    private final Map<String, TokenBook> tokens = new HashMap<>();
    private final Map<String, ObjectNode> menus = new ConcurrentHashMap<>();
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final Map<String, SnsToken> snsTokens = new LinkedHashMap<>();
    private final Map<String, Call> calls = new HashMap<>();

    public WeixinServer(
            SandboxAccounts accounts,
            Phones phones,
            QrCodes codes,
            Messages messages,
            OAuthCodes oauth,
            OAuthPage page,
            SandboxEvents events,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.phones = phones;
        this.codes = codes;
        this.oauth = oauth;
        this.page = page;
        this.events = events;
        this.clock = clock;
        accounts.all().forEach(account -> tokens.put(account.code(), new TokenBook(clock)));
        calls.put("POST /cgi-bin/menu/create", this::createMenu);
        calls.put("GET /cgi-bin/menu/get", (account, request) -> menuOf(account));
        calls.put("GET /cgi-bin/menu/delete", this::deleteMenu);
        calls.put("GET /cgi-bin/get_current_selfmenu_info", (account, request) -> currentMenu(account));
        calls.put("POST /cgi-bin/qrcode/create", (account, request) -> codes.create(account.code(), body(request)));
        calls.put("POST /cgi-bin/message/custom/send", (account, request) -> messages.custom(account, body(request)));
        calls.put("POST /cgi-bin/message/custom/typing", (account, request) -> messages.typing(account, body(request)));
        calls.put(
                "POST /cgi-bin/message/template/send", (account, request) -> messages.template(account, body(request)));
        calls.put("GET /cgi-bin/template/get_all_private_template", (account, request) -> messages.templates(account));
        calls.put("GET /cgi-bin/user/info", this::userInfo);
        calls.put("GET /cgi-bin/user/get", this::users);
        calls.put("GET /cgi-bin/ticket/getticket", this::ticket);
        calls.put("GET /cgi-bin/getcallbackip", (account, request) -> addresses());
        calls.put("GET /cgi-bin/get_api_domain_ip", (account, request) -> addresses());
        calls.put("POST /cgi-bin/clear_quota", this::clearQuota);
    }

    @Override
    public String name() {
        return "weixin";
    }

    @Override
    public boolean hosts(String host) {
        return host.equals("api.weixin.qq.com") || host.equals("open.weixin.qq.com") || host.equals("mp.weixin.qq.com");
    }

    @Override
    public @Nullable SandboxAccount account(WireRequest request) {
        String appId = request.parameter("appid");
        if (appId.isEmpty() && request.path().endsWith("/stable_token")) {
            try {
                appId = Json.text(Json.read(request.body()), "appid");
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        if (!appId.isEmpty()) {
            return accounts.byAppId(appId).orElse(null);
        }
        String token = request.parameter("access_token");
        return accounts.all().stream()
                .filter(account -> book(account).knows(token))
                .findFirst()
                .orElse(null);
    }

    @Override
    public WireAnswer error(WireRequest request, String code) {
        return failed(ApiError.of(Integer.parseInt(code)));
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        try {
            return switch (request.path()) {
                case "/connect/oauth2/authorize" -> page.answer(request);
                case "/cgi-bin/showqrcode" -> picture(request);
                case "/cgi-bin/token" -> WireAnswer.json(200, token(request));
                case "/cgi-bin/stable_token" -> WireAnswer.json(200, stableToken(body(request)));
                case "/sns/oauth2/access_token" -> WireAnswer.json(200, snsToken(request));
                case "/sns/userinfo" -> WireAnswer.json(200, snsUser(request));
                case "/sns/auth" -> WireAnswer.json(200, snsAuth(request));
                default -> {
                    Call call = calls.get(request.method() + " " + request.path());
                    if (call == null) {
                        yield WireAnswer.text(404, "text/html", "<html><body><h1>404 Not Found</h1></body></html>");
                    }
                    yield WireAnswer.json(200, call.answer(caller(request), request));
                }
            };
        } catch (ApiError e) {
            return failed(e);
        }
    }

    /** The menu that an account has now, an empty object for none. */
    public ObjectNode menu(String code) {
        ObjectNode menu = menus.get(code);
        return menu == null ? Json.object() : menu;
    }

    /** Ends all access tokens of an account now, as two hours would. */
    public void expireTokens(String code) {
        book(accounts.of(code)).expire();
    }

    private SandboxAccount caller(WireRequest request) throws ApiError {
        String token = request.parameter("access_token");
        if (token.isEmpty()) {
            throw ApiError.of(41001);
        }
        for (SandboxAccount account : accounts.all()) {
            switch (book(account).worth(token)) {
                case GOOD -> {
                    return account;
                }
                case EXPIRED -> throw ApiError.of(42001);
                case UNKNOWN -> {}
            }
        }
        throw ApiError.of(40001);
    }

    private TokenBook book(SandboxAccount account) {
        return Optional.ofNullable(tokens.get(account.code())).orElseThrow();
    }

    private SandboxAccount client(String appId, String secret) throws ApiError {
        SandboxAccount account = accounts.byAppId(appId).orElseThrow(() -> ApiError.of(40013));
        if (!account.secret().equals(secret)) {
            throw ApiError.of(40125);
        }
        return account;
    }

    private ObjectNode token(WireRequest request) throws ApiError {
        if (!request.parameter("grant_type").equals("client_credential")) {
            throw new ApiError(40002, "invalid grant_type");
        }
        return issued(book(client(request.parameter("appid"), request.parameter("secret")))
                .plain());
    }

    private ObjectNode stableToken(ObjectNode body) throws ApiError {
        if (!Json.text(body, "grant_type").equals("client_credential")) {
            throw new ApiError(40002, "invalid grant_type");
        }
        SandboxAccount account = client(Json.text(body, "appid"), Json.text(body, "secret"));
        return issued(book(account).stable(Json.flag(body, "force_refresh")));
    }

    private static ObjectNode issued(TokenBook.Issue issue) {
        return Json.object().put("access_token", issue.token()).put("expires_in", issue.expiresIn());
    }

    private ObjectNode createMenu(SandboxAccount account, WireRequest request) throws ApiError {
        menus.put(account.code(), Menus.checked(body(request)));
        events.tell("menu", account.code(), Map.of());
        return ok();
    }

    private ObjectNode deleteMenu(SandboxAccount account, WireRequest request) {
        menus.remove(account.code());
        events.tell("menu", account.code(), Map.of());
        return ok();
    }

    private ObjectNode menuOf(SandboxAccount account) throws ApiError {
        ObjectNode menu = menus.get(account.code());
        if (menu == null) {
            throw new ApiError(46003, "menu no exist");
        }
        ObjectNode answer = Json.object();
        answer.set("menu", menu);
        return answer;
    }

    private ObjectNode currentMenu(SandboxAccount account) {
        ObjectNode menu = menus.get(account.code());
        ObjectNode answer = Json.object().put("is_menu_open", menu == null ? 0 : 1);
        if (menu != null) {
            answer.set("selfmenu_info", menu);
        }
        return answer;
    }

    private ObjectNode userInfo(SandboxAccount account, WireRequest request) throws ApiError {
        Phone phone = phones.find(account.code(), request.parameter("openid")).orElseThrow(() -> ApiError.of(40003));
        ObjectNode answer =
                Json.object().put("subscribe", phone.following() ? 1 : 0).put("openid", phone.openid());
        Instant since = phone.followedAt();
        if (since != null) {
            String scene = phone.scene();
            answer.put("nickname", "")
                    .put("sex", 0)
                    .put("language", "zh_CN")
                    .put("subscribe_time", since.getEpochSecond())
                    .put("unionid", Phones.unionId(phone.openid()))
                    .put("remark", "")
                    .put("groupid", 0)
                    .put("subscribe_scene", scene == null ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE")
                    .put("qr_scene", 0)
                    .put("qr_scene_str", scene == null ? "" : scene);
            answer.set("tagid_list", Json.array());
        }
        return answer;
    }

    private ObjectNode users(SandboxAccount account, WireRequest request) {
        String next = request.parameter("next_openid");
        ArrayNode openids = Json.array();
        long total = 0;
        boolean after = next.isEmpty();
        for (Phone phone : phones.of(account.code())) {
            if (phone.following()) {
                total++;
                if (after) {
                    openids.add(phone.openid());
                }
            }
            after = after || phone.openid().equals(next);
        }
        ObjectNode answer = Json.object().put("total", total).put("count", openids.size());
        if (!openids.isEmpty()) {
            ObjectNode data = Json.object();
            data.set("openid", openids);
            answer.set("data", data);
        }
        return answer.put(
                "next_openid",
                openids.isEmpty() ? "" : openids.get(openids.size() - 1).asString());
    }

    private ObjectNode ticket(SandboxAccount account, WireRequest request) throws ApiError {
        String type = request.parameter("type");
        if (!type.equals("jsapi") && !type.equals("wx_card")) {
            throw new ApiError(40097, "invalid args");
        }
        Instant now = clock.instant();
        Ticket ticket = tickets.compute(
                account.code() + type,
                (key, known) -> known != null && now.isBefore(known.until())
                        ? known
                        : new Ticket(Randoms.token(86), now.plusSeconds(7200)));
        return ok().put("ticket", ticket.value())
                .put("expires_in", ticket.until().getEpochSecond() - now.getEpochSecond());
    }

    private ObjectNode clearQuota(SandboxAccount account, WireRequest request) throws ApiError {
        if (!Json.text(body(request), "appid").equals(account.appId())) {
            throw ApiError.of(40013);
        }
        book(account).clearQuota();
        return ok();
    }

    private static ObjectNode addresses() {
        ObjectNode answer = Json.object();
        answer.set("ip_list", Json.array().add("127.0.0.1"));
        return answer;
    }

    private ObjectNode snsToken(WireRequest request) throws ApiError {
        SandboxAccount account = client(request.parameter("appid"), request.parameter("secret"));
        if (!request.parameter("grant_type").equals("authorization_code")) {
            throw new ApiError(40002, "invalid grant_type");
        }
        OAuthCodes.Redeemed redeemed = oauth.redeem(account.appId(), request.parameter("code"));
        switch (redeemed.fate()) {
            case INVALID -> throw ApiError.of(40029);
            case USED -> throw ApiError.of(40163);
            case GOOD -> {}
        }
        String token = "88_" + Randoms.token(100);
        synchronized (snsTokens) {
            snsTokens.put(
                    token,
                    new SnsToken(
                            redeemed.subject(),
                            redeemed.scope(),
                            clock.instant().plusSeconds(7200)));
            if (snsTokens.size() > SNS_TOKENS) {
                snsTokens.remove(snsTokens.keySet().iterator().next());
            }
        }
        return Json.object()
                .put("access_token", token)
                .put("expires_in", 7200)
                .put("refresh_token", "88_" + Randoms.token(100))
                .put("openid", redeemed.subject())
                .put("scope", redeemed.scope());
    }

    private SnsToken snsGranted(WireRequest request) throws ApiError {
        SnsToken token;
        synchronized (snsTokens) {
            token = snsTokens.get(request.parameter("access_token"));
        }
        if (token == null) {
            throw ApiError.of(40001);
        }
        if (!clock.instant().isBefore(token.until())) {
            throw ApiError.of(42001);
        }
        if (!token.openid().equals(request.parameter("openid"))) {
            throw ApiError.of(40003);
        }
        return token;
    }

    private ObjectNode snsAuth(WireRequest request) throws ApiError {
        snsGranted(request);
        return ok();
    }

    private ObjectNode snsUser(WireRequest request) throws ApiError {
        SnsToken token = snsGranted(request);
        if (!token.scope().equals("snsapi_userinfo")) {
            throw ApiError.of(48001);
        }
        Phone phone = phones.find(token.openid()).orElseThrow(() -> ApiError.of(40003));
        ObjectNode answer = Json.object()
                .put("openid", phone.openid())
                .put("nickname", phone.name())
                .put("sex", 0)
                .put("province", "")
                .put("city", "")
                .put("country", "")
                .put("headimgurl", "");
        answer.set("privilege", Json.array());
        return answer;
    }

    private WireAnswer picture(WireRequest request) {
        return codes.byTicket(request.parameter("ticket"))
                .map(code -> QrPicture.answer(code.url()))
                .orElseGet(() -> WireAnswer.text(404, "text/plain", ""));
    }

    private static ObjectNode body(WireRequest request) throws ApiError {
        try {
            return Json.read(request.body());
        } catch (IllegalArgumentException e) {
            throw new ApiError(47001, "data format error");
        }
    }

    static ObjectNode ok() {
        return Json.object().put("errcode", 0).put("errmsg", "ok");
    }

    private static WireAnswer failed(ApiError error) {
        return WireAnswer.json(
                200,
                Json.object().put("errcode", error.code()).put("errmsg", error.errmsg() + " rid: " + Randoms.rid()));
    }
}
