package io.homeroom.cli;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The house without its faces on the server's own database: what a command enters there, the server goes on with. No web
 * server, no night, no sending. Bears no stereotype, so that the whole house does not scan it.
 */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.homeroom")
@ComponentScan(
        basePackages = "io.homeroom",
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "io\\.homeroom\\.((console|api|wechat|portal|sandbox|demo)\\..*|Homeroom)"))
public class ImportHall {

    /** Settings that keep it quiet, as arguments, which win over every file. */
    static final String[] SETTINGS = {
        "--spring.quartz.auto-startup=false",
        "--spring.main.banner-mode=off",
        "--spring.main.lazy-initialization=true",
        "--logging.level.root=error"
    };
}
