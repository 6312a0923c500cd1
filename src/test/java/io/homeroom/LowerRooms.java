package io.homeroom;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.testing.ShippedRulebook;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * The house up to the registers, and notices, without faces: for tests of these rooms, which then start in little time and do
 * not hear what higher rooms make of their events. Bears no stereotype, so that the whole house does not scan it.
 */
@EnableAutoConfiguration
@ComponentScan({
    "io.homeroom.schedule",
    "io.homeroom.member",
    "io.homeroom.desk",
    "io.homeroom.liaison",
    "io.homeroom.notice"
})
@Import({TenantResolver.class, PersonalData.class})
public class LowerRooms {

    /** The law of the one association of these tests, as it is shipped. */
    @Bean
    Lawbook law() {
        Lawbook law = new Lawbook();
        law.put("whjx", ShippedRulebook.of("whjx"));
        return law;
    }
}
