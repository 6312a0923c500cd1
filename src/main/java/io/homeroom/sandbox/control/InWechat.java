package io.homeroom.sandbox.control;

import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.login.OAuthPage;
import io.homeroom.sandbox.wire.Sha1;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes a frame of the sandbox's page into WeChat's browser: requests for members' pages out of a frame, with the cookie
 * that says whose phone it is, bear WeChat's User-Agent, and each phone has cookies of its own, so that two people on one
 * page are not one session. A page opened in a tab of its own stays an ordinary browser.
 */
@SandboxPart
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class InWechat extends OncePerRequestFilter {

    private static final String AGENT =
            " MicroMessenger/8.0.50.2701(0x28003259) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/m/")
                && !request.getRequestURI().startsWith("/t/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> holder = holder(request);
        String destination = request.getHeader("Sec-Fetch-Dest");
        // A picture or a file inside a framed page belongs to the same phone.
        boolean framed =
                destination == null || Set.of("iframe", "empty", "image").contains(destination);
        if (holder.isEmpty() || !framed) {
            chain.doFilter(request, response);
            return;
        }
        String prefix = "p" + Sha1.hex(holder.get()).substring(0, 10) + "_";
        chain.doFilter(new PhoneRequest(request, prefix), new PhoneResponse(response, prefix));
    }

    private static Optional<String> holder(HttpServletRequest request) {
        for (Cookie cookie : cookies(request)) {
            if (cookie.getName().equals(OAuthPage.HOLDER) && !cookie.getValue().isEmpty()) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static Cookie[] cookies(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? new Cookie[0] : cookies;
    }

    private static final class PhoneRequest extends HttpServletRequestWrapper {

        private final String prefix;

        PhoneRequest(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public @Nullable String getHeader(String name) {
            String value = super.getHeader(name);
            return name.equalsIgnoreCase("User-Agent") ? (value == null ? "" : value) + AGENT : value;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("User-Agent")
                    ? Collections.enumeration(List.of(String.valueOf(getHeader(name))))
                    : super.getHeaders(name);
        }

        @Override
        public Cookie[] getCookies() {
            List<Cookie> own = new ArrayList<>();
            for (Cookie cookie : cookies((HttpServletRequest) getRequest())) {
                if (cookie.getName().startsWith(prefix)) {
                    own.add(new Cookie(cookie.getName().substring(prefix.length()), cookie.getValue()));
                }
            }
            return own.toArray(new Cookie[0]);
        }
    }

    private static final class PhoneResponse extends HttpServletResponseWrapper {

        private final String prefix;

        PhoneResponse(HttpServletResponse response, String prefix) {
            super(response);
            this.prefix = prefix;
        }

        @Override
        public void addCookie(Cookie cookie) {
            Cookie own = new Cookie(prefix + cookie.getName(), cookie.getValue());
            cookie.getAttributes().forEach(own::setAttribute);
            super.addCookie(own);
        }

        @Override
        public void addHeader(String name, String value) {
            super.addHeader(name, own(name, value));
        }

        @Override
        public void setHeader(String name, String value) {
            super.setHeader(name, own(name, value));
        }

        private String own(String name, String value) {
            return name.equalsIgnoreCase("Set-Cookie") ? prefix + value : value;
        }
    }
}
