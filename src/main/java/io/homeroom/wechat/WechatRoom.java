package io.homeroom.wechat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Makes this room's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WechatSettings.class)
class WechatRoom {

    private static final int WORKERS = 48;
    private static final int QUEUE = 2000;

    /** Handles messages beside the request's own thread, so that WeChat is answered in time whatever happens. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService wechatWorkers() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, "wechat-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    /** WeChat's servers sign what they send; they have no account here, no session and no form. */
    @Bean
    @ConditionalOnWebApplication
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    SecurityFilterChain wechatDoors(HttpSecurity http) {
        return http.securityMatcher("/wechat/**", "/qr/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                // A class teacher's phone shows the code in a frame of the desk.
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
