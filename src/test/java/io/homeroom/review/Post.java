package io.homeroom.review;

import io.homeroom.desk.Delivery;
import io.homeroom.desk.Tell;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;

/** Delivers everything but to those who cannot be reached, and breaks over those who are to break it. */
@TestConfiguration(proxyBeanMethods = false)
class Post {
    static final Set<Long> UNREACHABLE = new HashSet<>();
    static final Set<Long> BROKEN = new HashSet<>();
    /** Notices that have not arrived by now, by their key. */
    static Predicate<String> lost = key -> false;

    @EventListener
    void breaks(Tell tell) {
        if (BROKEN.contains(tell.memberId())) {
            throw new IllegalStateException("paper jam");
        }
    }

    @Bean
    @Primary
    Delivery post() {
        return keys -> new HashSet<>(keys.stream().filter(Post::arrives).toList());
    }

    static boolean arrives(String key) {
        return UNREACHABLE.stream().noneMatch(id -> key.startsWith("review:" + id + ":")) && !lost.test(key);
    }
}
