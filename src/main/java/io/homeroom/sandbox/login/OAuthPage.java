package io.homeroom.sandbox.login;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Colleagues;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /connect/oauth2/authorize} of the open host, for an appid or a corpid. WeChat knows whose phone it runs on; here
 * the cookie {@code sandbox_phone} says it, and where there is none the page asks.
 */
@SandboxPart
public class OAuthPage {

    /** Cookie and parameter with the openid or userid of the person who holds the phone. */
    public static final String HOLDER = "sandbox_phone";

    private final SandboxAccounts accounts;
    private final Phones phones;
    private final Colleagues colleagues;
    private final OAuthCodes codes;

    public OAuthPage(SandboxAccounts accounts, Phones phones, Colleagues colleagues, OAuthCodes codes) {
        this.accounts = accounts;
        this.phones = phones;
        this.colleagues = colleagues;
        this.codes = codes;
    }

    /** Answers the browser. */
    public WireAnswer answer(WireRequest request) {
        String client = request.parameter("appid");
        String scope = request.parameter("scope");
        String back = request.parameter("redirect_uri");
        Optional<SandboxAccount> ofApp = accounts.byAppId(client);
        Optional<SandboxAccount> ofCorp = accounts.byCorpId(client);
        if (ofApp.isEmpty() && ofCorp.isEmpty()) {
            return page("AppID 参数错误，错误码：10013", Map.of());
        }
        if (!request.parameter("response_type").equals("code")) {
            return page("response_type 参数错误", Map.of());
        }
        if (!scope.equals("snsapi_base") && !scope.equals("snsapi_userinfo") && !scope.equals("snsapi_privateinfo")) {
            return page("Scope 参数错误或没有 Scope 权限，错误码：10005", Map.of());
        }
        if (!isWebAddress(back)) {
            return page("redirect_uri 域名与后台配置不一致，错误码：10003", Map.of());
        }
        String state = request.parameter("state");
        if (request.parameter("refuse").equals("true")) {
            return WireAnswer.redirect(with(back, "state=" + encode(state)));
        }
        Map<String, String> people = ofApp.isPresent() ? followers(ofApp.get()) : staff(ofCorp.orElseThrow());
        String holder = holder(request);
        if (!people.containsKey(holder)) {
            Map<String, String> choices = new LinkedHashMap<>();
            people.forEach((id, name) -> choices.put(again(request, HOLDER + "=" + encode(id)), name));
            return page("谁拿着这部手机？", choices);
        }
        if (scope.equals("snsapi_userinfo")
                && ofApp.isPresent()
                && !request.parameter("agree").equals("true")) {
            Map<String, String> choices = new LinkedHashMap<>();
            choices.put(again(request, HOLDER + "=" + encode(holder) + "&agree=true"), "允许");
            choices.put(again(request, "refuse=true"), "拒绝");
            return page(ofApp.get().name() + " 申请获取你的昵称、头像", choices);
        }
        String code = codes.issue(client, holder, scope);
        return WireAnswer.redirect(with(back, "code=" + code + "&state=" + encode(state)));
    }

    private Map<String, String> followers(SandboxAccount account) {
        Map<String, String> people = new LinkedHashMap<>();
        for (Phone phone : phones.of(account.code())) {
            people.put(phone.openid(), phone.name());
        }
        return people;
    }

    private Map<String, String> staff(SandboxAccount account) {
        Map<String, String> people = new LinkedHashMap<>();
        for (Colleague colleague : colleagues.of(account.code())) {
            people.put(colleague.userid(), colleague.name());
        }
        return people;
    }

    private static String holder(WireRequest request) {
        String named = request.parameter(HOLDER);
        if (!named.isEmpty()) {
            return named;
        }
        @Nullable String cookies = request.header("Cookie");
        for (String cookie : (cookies == null ? "" : cookies).split(";\\s*")) {
            if (cookie.startsWith(HOLDER + "=")) {
                return cookie.substring(HOLDER.length() + 1);
            }
        }
        return "";
    }

    private static boolean isWebAddress(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String with(String address, String query) {
        int fragment = address.indexOf('#');
        String page = fragment < 0 ? address : address.substring(0, fragment);
        String rest = fragment < 0 ? "" : address.substring(fragment);
        return page + (page.indexOf('?') < 0 ? "?" : "&") + query + rest;
    }

    private static String again(WireRequest request, String more) {
        return "?" + request.query() + "&" + more;
    }

    private static WireAnswer page(String title, Map<String, String> choices) {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\""
                        + " content=\"width=device-width,initial-scale=1\"><title>微信</title><style>")
                .append("body{font:17px/1.6 system-ui,sans-serif;margin:0;padding:32px"
                        + " 16px;background:#ededed;color:#191919}")
                .append("h1{font-size:17px;font-weight:500}a{display:block;padding:12px"
                        + " 16px;background:#fff;color:#191919;")
                .append("text-decoration:none;border-bottom:1px solid #e5e5e5}")
                .append(
                        "@media(prefers-color-scheme:dark){body{background:#111;color:#ccc}a{background:#191919;color:#ccc;")
                .append("border-color:#333}}</style></head><body><h1>")
                .append(escape(title))
                .append("</h1>");
        choices.forEach((target, text) -> html.append("<a href=\"")
                .append(escape(target))
                .append("\">")
                .append(escape(text))
                .append("</a>"));
        return WireAnswer.text(
                200, "text/html; charset=UTF-8", html.append("</body></html>").toString());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
