package io.homeroom.cli;

import io.homeroom.casework.UnreadableEdition;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.BeansException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.NestedExceptionUtils;

/**
 * The house without its faces on the server's own database: what a command enters there, the server goes on with. No web
 * server, no night, no sending. Bears no stereotype, so that the whole house does not scan it.
 */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.homeroom")
@ComponentScan(
        basePackages = "io.homeroom",
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "io\\.homeroom\\.((console|api|wechat|portal|sandbox|demo)\\..*|Homeroom)"))
public class ServerHall {

    /** Settings that keep it quiet, as arguments, which win over every file. */
    private static final String[] SETTINGS = {
        "--spring.quartz.auto-startup=false",
        "--spring.main.banner-mode=off",
        "--spring.main.lazy-initialization=true",
        "--logging.level.root=error"
    };

    /**
     * Opens the house for a command about an association. One that is not configured is one with its packaged rulebook, so
     * that a roster can come first.
     *
     * @param more settings for this command alone
     * @throws BeansException if there is no way to the database or a setting is missing
     */
    static ConfigurableApplicationContext open(String code, String... more) {
        boolean packaged = code.matches("[a-z0-9-]{1,24}")
                && ServerHall.class.getResource("/config/rulebooks/" + code + ".yaml") != null;
        return new SpringApplicationBuilder(ServerHall.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties(
                        packaged
                                ? Map.of(
                                        "homeroom.associations." + code + ".rulebook",
                                        "config/rulebooks/" + code + ".yaml")
                                : Map.of())
                .run(Stream.concat(Stream.of(SETTINGS), Stream.of(more)).toArray(String[]::new));
    }

    /** What to tell whoever called a command for which the house did not open. */
    static String closed(BeansException why) {
        if (why instanceof UnreadableEdition) {
            return String.valueOf(why.getMessage());
        }
        return "打不开数据库或缺少设置："
                + NestedExceptionUtils.getMostSpecificCause(why).getMessage()
                + "。设置与服务器相同（沙盒加 SPRING_PROFILES_ACTIVE=sandbox）；用 H2 文件时请先停下服务器";
    }

    /** What to say where nobody knows the association. */
    static String unknown(String code) {
        return "没有“" + code + "”这个协会；请核对代码和 homeroom.associations 配置";
    }
}
