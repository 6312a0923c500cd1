package io.homeroom.portal;

import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;

/** Guards the pages on phones, of members and of staff: they enter their association, load nothing foreign but the script of WeCom's client, and accept no forged form. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class PortalSecurity {

    @Bean
    @Order(20)
    SecurityFilterChain portalChain(HttpSecurity http, Associations associations) {
        return chain(http.securityMatcher("/m/**", "/a/**", "/portal/**"), associations, "");
    }

    /** Pages for colleagues may also use what WeCom's client lends to pages. */
    @Bean
    @Order(21)
    SecurityFilterChain staffPortalChain(HttpSecurity http, Associations associations, ObjectProvider<StaffSdk> sdks) {
        return chain(http.securityMatcher("/t/**"), associations, script(sdks.getIfAvailable()));
    }

    private static SecurityFilterChain chain(HttpSecurity http, Associations associations, String script) {
        // Who may see what is decided by binding and token in the pages themselves.
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy(script)))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterBefore(new EnterAssociation(associations), CsrfFilter.class)
                .requestCache(cache -> cache.disable())
                .formLogin(login -> login.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    private static String policy(String script) {
        return "default-src 'none'; style-src 'self'; script-src 'self'" + script + "; img-src 'self' data:;"
                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
    }

    /** Where the script of WeCom's client comes from, if it is not from here. */
    private static String script(@Nullable StaffSdk sdk) {
        if (sdk == null) {
            return "";
        }
        URI script = URI.create(sdk.script());
        return " " + script.getScheme() + "://" + script.getRawAuthority();
    }

    /** Takes the association from the path; one that is not served here has no pages. */
    private static final class EnterAssociation extends OncePerRequestFilter {

        private static final Pattern PATH = Pattern.compile("/[amt]/([a-z0-9-]{1,24})(?:/.*)?");

        private final Associations associations;

        private EnterAssociation(Associations associations) {
            this.associations = associations;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            Matcher matcher = PATH.matcher(path);
            if (path.startsWith("/portal/")) {
                chain.doFilter(request, response);
            } else if (matcher.matches() && associations.has(matcher.group(1))) {
                try {
                    Tenant.run(matcher.group(1), () -> go(chain, request, response));
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                } catch (Carried e) {
                    throw e.carried;
                }
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        }

        private static void go(FilterChain chain, HttpServletRequest request, HttpServletResponse response) {
            try {
                chain.doFilter(request, response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ServletException e) {
                throw new Carried(e);
            }
        }
    }

    /** Brings a checked exception through a lambda. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ServletException carried;

        private Carried(ServletException carried) {
            super(carried);
            this.carried = carried;
        }
    }
}
