package io.homeroom.demo;

import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Knows on which days something will happen, and how much has happened so far. */
@RestController
@Profile("sandbox")
@RequestMapping("/sandbox")
class DemoCalendar {

    private final BusinessClock clock;
    private final JdbcClient jdbc;

    DemoCalendar(BusinessClock clock, JdbcClient jdbc) {
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** How much there is of what nights make. */
    record Counts(long bills, long notices, long tasks, long cases) {}

    /** So that a desk can tell what nights have added. */
    @GetMapping("/api/counts")
    Counts counts(@RequestParam String code) {
        return new Counts(count("bill", code), count("notice", code), count("task", code), count("case_file", code));
    }

    private long count(String table, String code) {
        return jdbc.sql("select count(*) from " + table + " where association_id = :code")
                .param("code", code)
                .query(Long.class)
                .single();
    }

    /**
     * Days on which something will happen for an association: {@code [{date, members, tasks, cases}]}, soonest first.
     *
     * @param days how far to look
     */
    @GetMapping("/api/calendar")
    List<Map<String, Object>> calendar(@RequestParam String code, @RequestParam(defaultValue = "400") int days) {
        LocalDate today = clock.today();
        LocalDate end = today.plusDays(Math.min(Math.max(days, 1), 4000));
        Map<LocalDate, Map<String, Object>> marks = new TreeMap<>();
        mark(
                marks,
                "members",
                "select review_on as d, count(*) as n from member where association_id = :code"
                        + " and review_on > :today and review_on <= :end group by review_on",
                code,
                today,
                end);
        mark(
                marks,
                "tasks",
                "select due_on as d, count(*) as n from task where association_id = :code and state = 'open'"
                        + " and due_on > :today and due_on <= :end group by due_on",
                code,
                today,
                end);
        mark(
                marks,
                "cases",
                "select wake_on as d, count(*) as n from case_file where association_id = :code"
                        + " and wake_on > :today and wake_on <= :end group by wake_on",
                code,
                today,
                end);
        return List.copyOf(marks.values());
    }

    private void mark(
            Map<LocalDate, Map<String, Object>> marks,
            String what,
            String sql,
            String code,
            LocalDate today,
            LocalDate end) {
        jdbc.sql(sql)
                .param("code", code)
                .param("today", today)
                .param("end", end)
                .query((row, number) -> {
                    LocalDate day = row.getObject("d", LocalDate.class);
                    marks.computeIfAbsent(day, d -> {
                                Map<String, Object> mark = new LinkedHashMap<>();
                                mark.put("date", d.toString());
                                return mark;
                            })
                            .put(what, row.getLong("n"));
                    return day;
                })
                .list();
    }
}
