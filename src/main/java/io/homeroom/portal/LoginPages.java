package io.homeroom.portal;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.till.PayLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The way through WeChat's web login and back to the page that was asked for. */
@Controller
@RequestMapping("/m/{code}/login")
class LoginPages {

    private static final String PENDING = "portal.login.";
    /** Several pages may be opened at once; more than this is no person. */
    private static final int MOST_PENDING = 8;

    private final ObjectProvider<WebLogin> logins;
    private final PayLinks links;

    LoginPages(ObjectProvider<WebLogin> logins, PayLinks links) {
        this.logins = logins;
        this.links = links;
    }

    /** Where a page sends somebody that it does not know yet. */
    static String from(String page) {
        return "redirect:/m/" + Tenant.current() + "/login?to="
                + java.net.URLEncoder.encode(page, java.nio.charset.StandardCharsets.UTF_8);
    }

    @GetMapping
    String go(@RequestParam(defaultValue = "") String to, HttpServletRequest request, Model model) {
        WebLogin login = logins.getIfAvailable();
        if (login == null) {
            return MemberPages.message(model, Message.trouble("暂时不能确认身份", "请稍后再试，或在公众号回复「人工」。"));
        }
        String state = Ids.secret(32);
        HttpSession session = request.getSession(true);
        Map<String, String> pending = pending(session);
        pending.put(state, own(to));
        while (pending.size() > MOST_PENDING) {
            pending.remove(pending.keySet().iterator().next());
        }
        session.setAttribute(PENDING + Tenant.current(), pending);
        URI back = URI.create(links.page("login/back"));
        return "redirect:" + login.authorize(back, state);
    }

    @GetMapping("/back")
    String back(
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest request,
            Model model) {
        HttpSession session = request.getSession(false);
        Map<String, String> pending = session == null ? new LinkedHashMap<>() : pending(session);
        // Taken out at once: a state is good for one return.
        String to = pending.remove(state);
        if (session == null || to == null) {
            return MemberPages.message(
                    model, Message.trouble("登录已过期", "请回到公众号，重新点开链接。").link("/m/" + Tenant.current() + "/", "重新打开"));
        }
        session.setAttribute(PENDING + Tenant.current(), pending);
        WebLogin login = logins.getIfAvailable();
        Optional<String> openid =
                login == null || code == null || code.isBlank() ? Optional.empty() : login.openid(code);
        if (openid.isEmpty()) {
            return MemberPages.message(
                    model, Message.trouble("没有确认到你的身份", "微信没有给出身份，或授权已用过。").link(to, "再试一次"));
        }
        Person.enter(request, openid.get());
        return "redirect:" + to;
    }

    /** A path of the current association's pages, or its home page for anything else. */
    static String own(String to) {
        String home = "/m/" + Tenant.current() + "/";
        boolean own = to.startsWith(home)
                && !to.startsWith(home + "login")
                && !to.contains("..")
                && !to.contains("\\")
                && to.chars().allMatch(c -> c > ' ' && c < 127);
        return own ? to : home;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> pending(HttpSession session) {
        Object kept = session.getAttribute(PENDING + Tenant.current());
        return kept instanceof LinkedHashMap<?, ?> map
                ? new LinkedHashMap<>((Map<String, String>) map)
                : new LinkedHashMap<>();
    }
}
