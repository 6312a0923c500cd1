package io.homeroom.portal;

import io.homeroom.ground.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/** Who holds the phone, as far as the web session knows: an openid for each association that was entered. */
final class Person {

    private static final String OPENID = "portal.openid.";

    private Person() {}

    /** The openid in the current association. */
    static Optional<String> of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null
                ? Optional.empty()
                : Optional.ofNullable((String) session.getAttribute(OPENID + Tenant.current()));
    }

    /** Remembers the openid under a new session id, so that an id planted beforehand is worth nothing. */
    static void enter(HttpServletRequest request, String openid) {
        HttpSession session = request.getSession(true);
        if (!session.isNew()) {
            request.changeSessionId();
        }
        request.getSession().setAttribute(OPENID + Tenant.current(), openid);
    }

    /** Forgets the openid. */
    static void leave(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(OPENID + Tenant.current());
        }
    }

    /** Whether the page is open inside WeChat, where people can be known; WeCom's browser cannot. */
    static boolean insideWechat(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return agent != null && agent.contains("MicroMessenger") && !agent.contains("wxwork");
    }
}
