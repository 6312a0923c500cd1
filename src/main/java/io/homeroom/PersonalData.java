package io.homeroom;

import io.homeroom.ground.Lockbox;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the key for personal data comes from. */
@Configuration(proxyBeanMethods = false)
class PersonalData {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalData.class);

    /**
     * The box for personal data.
     *
     * @param key {@code homeroom.data-key}
     * @param former keys that older rows may still be sealed with
     */
    @Bean
    Lockbox lockbox(
            @Value("${homeroom.data-key:}") String key,
            @Value("${homeroom.former-data-keys:}") List<String> former,
            @Value("${spring.datasource.url:}") String database) {
        List<String> keys = new ArrayList<>();
        if (!key.isBlank()) {
            keys.add(key);
        } else if (database.startsWith("jdbc:h2:mem:")) {
            LOG.debug("No homeroom.data-key: data in memory gets a key that goes with it");
            keys.add(Lockbox.freshKey());
        } else {
            throw new IllegalStateException("homeroom.data-key is missing: personal data needs a key of 32 bytes in"
                    + " Base64, as made by: openssl rand -base64 32");
        }
        former.stream().filter(old -> !old.isBlank()).forEach(keys::add);
        return new Lockbox(keys);
    }
}
