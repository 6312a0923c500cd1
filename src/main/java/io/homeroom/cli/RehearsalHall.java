package io.homeroom.cli;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/**
 * The house without its faces, for rehearsals: the same services, tables and duties as the server, an in-memory
 * database, no web server, a clock that the file moves. Bears no stereotype, so that the whole house does not scan it.
 */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.homeroom")
@ComponentScan(
        basePackages = "io.homeroom",
        // Rooms do not know each other's names: two may both have a Counter.
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "io\\.homeroom\\.((console|api|wechat|portal|sandbox)\\..*|Homeroom)"))
@Import({
    Rehearser.class,
    GivenScene.class,
    Actions.class,
    Expectations.class,
    OfferExpectations.class,
    BasisExpectations.class
})
public class RehearsalHall {

    /** Settings that make the house a stage, as arguments, which win over every file. */
    static final String[] SETTINGS = {
        "--spring.datasource.url=jdbc:h2:mem:rehearsal;DB_CLOSE_DELAY=-1;MODE=MySQL;DATABASE_TO_LOWER=TRUE;"
                + "CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        "--homeroom.clock.settable=true",
        "--homeroom.notice.deliver=at-once",
        "--homeroom.data-key=cmVoZWFyc2FsLXJlaGVhcnNhbC1yZWhlYXJzYWwtISE=",
        "--spring.quartz.auto-startup=false",
        "--spring.main.banner-mode=off",
        "--spring.main.lazy-initialization=true",
        "--logging.level.root=off"
    };
}
