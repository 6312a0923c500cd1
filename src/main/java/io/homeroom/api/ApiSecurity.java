package io.homeroom.api;

import io.homeroom.desk.Doorkeeper;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who may call the API and read the measurements. Nothing is kept between two requests, so there is nothing to forge. */
@Configuration
class ApiSecurity {

    private static final Pattern ASSOCIATION = Pattern.compile("/api/v1/([^/]+)(?:/.*)?");

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 20)
    SecurityFilterChain apiChain(
            HttpSecurity http, Associations associations, Doorkeeper doorkeeper, Problems problems) {
        AuthenticationEntryPoint unknown = (request, response, why) -> refuse(problems, request, response, why);
        return http.securityMatcher("/api/**")
                .addFilterBefore(new EnterAssociation(associations, problems), SecurityContextHolderFilter.class)
                .authenticationManager(only(new InAssociation(doorkeeper)))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(basic -> basic.authenticationEntryPoint(unknown))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(unknown)
                        .accessDeniedHandler((request, response, why) ->
                                problems.write(request, response, ApiProblem.forbidden("你的账号不能做这件事。"))))
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** Health is for everybody; what else an operator opens is for administrators of any association. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 21)
    SecurityFilterChain actuatorChain(HttpSecurity http, Associations associations, Doorkeeper doorkeeper) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authenticationManager(only(new Anywhere(associations, doorkeeper)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .anyRequest()
                        .hasAuthority("STAFF"))
                .httpBasic(basic -> {})
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** Nobody else is asked when this one refuses, above all not the console's, which knows all associations. */
    private static ProviderManager only(AuthenticationProvider provider) {
        return new ProviderManager(provider);
    }

    private static void refuse(
            Problems problems, HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof LockedException) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "120");
            problems.write(
                    request,
                    response,
                    ApiProblem.of(HttpStatus.TOO_MANY_REQUESTS, "试得太多", "密码错的次数太多，请等几分钟再试。忘了密码请找管理员。"));
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Homeroom\", charset=\"UTF-8\"");
        String detail = why instanceof BadCredentialsException ? "用户名或密码不对，或这个账号不属于本协会。" : "请用本协会的员工账号登录（HTTP Basic）。";
        problems.write(request, response, ApiProblem.of(HttpStatus.UNAUTHORIZED, "没有登录", detail));
    }

    /** Everything below happens inside the association that the path names; an unknown one does not exist. */
    private static final class EnterAssociation extends OncePerRequestFilter {

        private final Associations associations;
        private final Problems problems;

        EnterAssociation(Associations associations, Problems problems) {
            this.associations = associations;
            this.problems = problems;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Matcher path = ASSOCIATION.matcher(request.getRequestURI());
            if (!path.matches() || !associations.has(path.group(1))) {
                problems.write(
                        request, response, ApiProblem.of(HttpStatus.NOT_FOUND, "没有找到", "没有这个协会。地址是 /api/v1/{协会代码}/…。"));
                return;
            }
            try {
                Tenant.run(path.group(1), () -> {
                    try {
                        chain.doFilter(request, response);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (ServletException e) {
                        throw new Wrapped(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw new IOException(e);
            } catch (Wrapped e) {
                throw new ServletException(e.getCause());
            }
        }
    }

    /** Carries a checked exception through {@link Tenant#run}. */
    private static final class Wrapped extends RuntimeException {
        Wrapped(ServletException cause) {
            super(cause);
        }
    }

    /** Asks the doorkeeper of the association at work. */
    private record InAssociation(Doorkeeper doorkeeper) implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication attempt) {
            return verdict(
                    attempt,
                    doorkeeper.enter(attempt.getName(), String.valueOf(attempt.getCredentials()), address(attempt)));
        }

        @Override
        public boolean supports(Class<?> type) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
        }
    }

    /** Asks the doorkeepers of all associations: measurements belong to none. */
    private record Anywhere(Associations associations, Doorkeeper doorkeeper) implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication attempt) {
            String password = String.valueOf(attempt.getCredentials());
            return verdict(
                    attempt,
                    doorkeeper.ask(
                            attempt.getName(),
                            address(attempt),
                            () -> associations.codes().stream()
                                    .anyMatch(code -> Tenant.in(
                                            code, () -> doorkeeper.isAdministrator(attempt.getName(), password)))));
        }

        @Override
        public boolean supports(Class<?> type) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
        }
    }

    private static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    private static Authentication verdict(Authentication attempt, Doorkeeper.Verdict verdict) {
        return switch (verdict) {
            case RIGHT ->
                UsernamePasswordAuthenticationToken.authenticated(
                        attempt.getName(), null, List.of(new SimpleGrantedAuthority("STAFF")));
            case WRONG -> throw new BadCredentialsException("Wrong name or password");
            case LATER -> throw new LockedException("Too many failures");
        };
    }
}
