package io.homeroom.console;

import io.homeroom.classroom.Branches;
import io.homeroom.desk.Staff;
import io.homeroom.liaison.Covers;
import io.homeroom.schedule.Associations;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who may enter the console, and what browsers are told about every page of the house. */
@Configuration
class Gate {

    /** Request attribute with the word that scripts of this answer must carry. */
    static final String NONCE = "nonce";

    private static final SecureRandom RANDOM = new SecureRandom();

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 30)
    SecurityFilterChain consoleChain(
            HttpSecurity http,
            ConsoleLogin login,
            Associations associations,
            Staff staff,
            Covers covers,
            Branches branches) {
        return http.securityMatcher("/console", "/console/**")
                .authenticationManager(new ProviderManager(login))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/console/assets/**", "/console/login")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/console/login")
                        .defaultSuccessUrl("/console")
                        .failureHandler((request, response, why) -> response.sendRedirect(
                                why instanceof LockedException ? "/console/login?later" : "/console/login?wrong")))
                .logout(out -> out.logoutUrl("/console/logout")
                        .logoutSuccessUrl("/console/login?bye")
                        .deleteCookies("SESSION"))
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.newSession()))
                .addFilterAfter(new EnterAssociation(associations, staff, covers, branches), AuthorizationFilter.class)
                .addFilterBefore(new Nonce(), org.springframework.security.web.header.HeaderWriterFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'"))
                        .addHeaderWriter((request, response) -> response.setHeader(
                                "Content-Security-Policy",
                                "default-src 'none'; script-src 'self' 'nonce-" + request.getAttribute(NONCE)
                                        + "'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                                        + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                                        + " frame-ancestors 'self'"))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /**
     * Everything that no other chain guards: pages of members, WeChat's calls, pictures, the sandbox. They know their
     * callers by signatures and sessions of their own; here they only get their headers.
     */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain houseChain(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** A fresh word for each answer, told to the browser in the header and written on our own scripts. */
    private static final class Nonce extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            byte[] word = new byte[16];
            RANDOM.nextBytes(word);
            request.setAttribute(NONCE, Base64.getUrlEncoder().withoutPadding().encodeToString(word));
            chain.doFilter(request, response);
        }
    }
}
