package io.homeroom.demo;

import io.homeroom.sandbox.Forgets;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The desk at {@code /sandbox}, the invitations that wait to be scanned, and beginning anew. */
@RestController
@Profile("sandbox")
@RequestMapping("/sandbox")
class DemoPage {

    private final Associations associations;
    private final BusinessClock clock;
    private final DemoRoster roster;
    private final List<Forgets> wechat;
    private final JdbcClient jdbc;
    private final String begin;

    DemoPage(
            Associations associations,
            BusinessClock clock,
            DemoRoster roster,
            List<Forgets> wechat,
            JdbcClient jdbc,
            @Value("${homeroom.clock.begin}") String begin) {
        this.associations = associations;
        this.clock = clock;
        this.roster = roster;
        this.wechat = wechat;
        this.jdbc = jdbc;
        this.begin = begin;
    }

    @GetMapping(
            path = {"", "/"},
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<Resource> desk() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .body(new ClassPathResource("static/desk/index.html"));
    }

    /** Invitations that nobody has scanned yet: {@code [{scene, member}]}, newest first. */
    @GetMapping("/api/invitations")
    List<Map<String, Object>> invitations(@RequestParam String code) {
        return jdbc.sql("select i.scene, m.name as member from invitation i join member m"
                        + " on m.association_id = i.association_id and m.id = i.member_id"
                        + " where i.association_id = :code and i.used_at is null order by i.expires_at desc limit 5")
                .param("code", code)
                .query()
                .listOfRows();
    }

    /** Forgets everything that happened and peoples the associations anew, on the first morning. */
    @PostMapping("/api/restart")
    Map<String, String> restart() {
        // Not while the members are still being entered after a start.
        synchronized (roster) {
            return again();
        }
    }

    private Map<String, String> again() {
        List<String> tables = jdbc.sql(
                        "select table_name from information_schema.columns where column_name = 'association_id'"
                                + " and table_schema = schema()")
                .query(String.class)
                .list();
        for (String code : associations.codes()) {
            for (String table : tables) {
                // Whoever set up the sandbox must still be able to log in.
                String kept = table.equalsIgnoreCase("staff") ? " and username <> 'admin'" : "";
                jdbc.sql("delete from " + table + " where association_id = :code" + kept)
                        .param("code", code)
                        .update();
            }
        }
        wechat.forEach(Forgets::forget);
        clock.restart(java.time.LocalDate.parse(begin).atTime(9, 0));
        roster.people();
        return Map.of("date", clock.today().toString());
    }
}
