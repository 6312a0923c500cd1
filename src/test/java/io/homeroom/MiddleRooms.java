package io.homeroom;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The house up to the nightly review, with notices and rulebooks and without faces. */
@EnableAutoConfiguration
@ComponentScan(
        basePackages = {
            "io.homeroom.schedule",
            "io.homeroom.member",
            "io.homeroom.till",
            "io.homeroom.desk",
            "io.homeroom.dues",
            "io.homeroom.governance",
            "io.homeroom.liaison",
            "io.homeroom.casework",
            "io.homeroom.classroom",
            "io.homeroom.care",
            "io.homeroom.review",
            "io.homeroom.notice",
            "io.homeroom.papers"
        },
        nameGenerator = org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator.class)
@Import({TenantResolver.class, PersonalData.class, LawbookFiles.class})
public class MiddleRooms {}
