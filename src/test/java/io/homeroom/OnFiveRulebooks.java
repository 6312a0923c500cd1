package io.homeroom;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;

/** The middle rooms with the five rulebooks, on real tables, at the test's own pace. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("mysql")
@SpringBootTest(
        classes = MiddleRooms.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "homeroom.clock.settable=true",
            "homeroom.notice.deliver=at-once",
            "spring.quartz.auto-startup=false",
            "homeroom.associations.igrs.rulebook=config/rulebooks/igrs.yaml",
            "homeroom.associations.dsia.rulebook=config/rulebooks/dsia.yaml",
            "homeroom.associations.bacca.rulebook=config/rulebooks/bacca.yaml",
            "homeroom.associations.aii.rulebook=config/rulebooks/aii.yaml",
            "homeroom.associations.whjx.rulebook=config/rulebooks/whjx.yaml"
        })
public @interface OnFiveRulebooks {}
